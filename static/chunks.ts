/**
 * Which modules share a chunk. The worker keeps every file of the app on the phone, and each costs a request and a write:
 * left to itself, the bundler makes one for each set of screens that share a module, some four hundred. Here sets of
 * areas take the place of sets of screens.
 *
 * Whatever a module imports is reached from everywhere the module is. So its chunk is either the module's own or one of a
 * higher rank, and chunks never import each other in a circle.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Modules {
  getModuleInfo(id: string): {
    code: string | null;
    importedIds: readonly string[];
    dynamicallyImportedIds: readonly string[];
  } | null;
}

const ROUTES = fileURLToPath(new URL('./src/routes/', import.meta.url));
const MESSAGES = fileURLToPath(new URL('./src/lib/paraglide/messages/', import.meta.url));

/** Screens that are opened one after the other. The first that fits a file below routes/ counts. */
const AREAS: readonly (readonly [string, RegExp])[] = [
  // The root layout and Today: what a new visitor and a person who opens the app see first.
  ['first', /^\+(layout|page)\.svelte$/],
  ['entrance', /^(sign-in|sign-up|reset-password)\//],
  ['log', /^log\//],
  ['signs', /^(signs|urgent)\//],
  ['exercises', /^exercises\//],
  ['routines', /^(routines|plans|stretch)\//],
  ['trends', /^(history|flags|more\/flags)\//],
  ['care', /^(patients|clinic|more\/practice)\//],
  ['sharing', /^(more\/sharing|invite|messages)\//],
  ['reminders', /^more\/reminders\//],
  ['rest', /./]
];
/** What is loaded beside a screen, and must not come with it. */
const LATE = 'late';
/** What more areas than these need is one chunk for all of them. */
const FEW = 4;
const RANKS = { first: FEW + 3, entrance: FEW + 2, common: FEW + 1 };

// Reachable by Svelte's own index, but used by other screens only.
const ELSEWHERE = /\/svelte\/src\/internal\/client\/dom\/elements\/bindings\//;
const MESSAGE_USED = /\bm(?:\.|\[['"])([\w-]+)/g;
// What Kit's entry imports for itself: it sets the payload before any other module is there to read it, so these two must
// not share a chunk with one that does.
const BEFORE_ALL = /\/kit\/src\/runtime\/client\/payload\.js$|vite\/preload-helper/;

/** The area of each screen and late part that reaches a module, by the module's id and theirs. */
const reached = new Map<string, Map<string, string>>();
const lateParts = new Set<string>();

function mark(id: string, from: string, area: string): boolean {
  const known = reached.get(id) ?? new Map<string, string>();
  if (known.has(from)) return false;
  reached.set(id, known.set(from, area));
  return true;
}

function walk(id: string, from: string, area: string, modules: Modules): void {
  // Each message is a module, and the index of all of them says nothing of who uses it.
  if (id.startsWith(MESSAGES) || (area === 'first' && ELSEWHERE.test(id)) || !mark(id, from, area)) return;
  const { code, importedIds, dynamicallyImportedIds } = modules.getModuleInfo(id) ?? {};
  for (const part of dynamicallyImportedIds ?? []) lateParts.add(part);
  for (const imported of importedIds ?? []) walk(imported, from, area, modules);
  if (importedIds?.some((one) => one.endsWith('/paraglide/messages.js'))) {
    for (const [, name] of code?.matchAll(MESSAGE_USED) ?? []) mark(`${MESSAGES}${name}.js`, from, area);
  }
}

function walkAll(modules: Modules): void {
  for (const file of readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })) {
    if (!/\+(page|layout)\.svelte$/.test(file)) continue;
    const area = AREAS.find(([, files]) => files.test(file))?.[0] ?? 'rest';
    walk(ROUTES + file, file, area, modules);
  }
  // Those that a late part loads late are added as they are found.
  for (const part of lateParts) walk(part, part, LATE, modules);
}

function chunkOf(id: string, modules: Modules): { name: string; rank: number } | null {
  if (reached.size === 0) walkAll(modules);
  const from = reached.get(id);
  if (!from) return null;
  const areas = [...new Set(from.values())].sort();
  for (const name of ['first', 'entrance'] as const) if (areas.includes(name)) return { name, rank: RANKS[name] };
  // One screen's own stays with it, but for its styles: a file of a few lines costs as much as a large one.
  if (from.size === 1 && (areas[0] === LATE || !id.includes('type=style'))) return null;
  return areas.length > FEW ? { name: 'common', rank: RANKS.common } : { name: areas.join('-'), rank: areas.length };
}

/** For `codeSplitting`: the chunk that more areas need takes its modules first. */
export const GROUPS = [
  { name: 'before', test: BEFORE_ALL, priority: RANKS.first + 1 },
  ...Array.from({ length: RANKS.first }, (_, i) => i + 1).map((rank) => ({
    priority: rank,
    name: (id: string, modules: Modules) => {
      const chunk = chunkOf(id, modules);
      return chunk?.rank === rank ? chunk.name : null;
    }
  }))
];
