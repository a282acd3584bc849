import type { Conversation } from '#lib/domain/care.ts';
import { Problem } from '#lib/domain/problem.ts';
import type { KeptPeople } from '#lib/domain/way.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';

const NOBODY: KeptPeople = { asked_on: '', practises: false, linked: false, opens: null };

/** What talks to the server about people: nothing of the first screen waits for it. */
const care = () => import('#lib/api/care.ts');
const patients = () => import('#lib/api/patients.ts');

/** What waits for this person among people, and whether the app opens with their patients. */
class Home {
  /** Whether it is known what this device kept; what cannot be read was not kept. */
  known = $state(false);
  kept = $state.raw<KeptPeople>(NOBODY);
  unread = $state.raw<Conversation[]>([]);

  constructor() {
    who.whenOpen(() => void this.#recall().catch(() => (this.known = true)));
  }

  /** What this device knows; then what the server says: of those who are linked, once a day, and whenever asked `anew`. */
  async load(today: string, { anew = false } = {}): Promise<void> {
    await this.#recall();
    try {
      await this.#ask(today, anew);
    } catch (cause) {
      // Not now: what waits here waits on its own screens as well.
      if (!(cause instanceof Problem)) throw cause;
    }
  }

  async note(patch: Partial<KeptPeople>): Promise<void> {
    await this.#recall();
    const next = { ...this.kept, ...patch };
    this.kept = next;
    await setMeta((await who.ready()).db, 'people', next);
  }

  async #recall(): Promise<void> {
    this.kept = (await getMeta((await who.ready()).db, 'people')) ?? NOBODY;
    this.known = true;
  }

  async #ask(today: string, anew: boolean): Promise<void> {
    const { id } = await who.ready();
    const { asked_on, linked } = this.kept;
    const first = asked_on !== today;
    if (!first && !anew && !linked) return;
    const found = await (await care()).readConversations(id);
    this.unread = found.filter(({ unread }) => unread > 0);
    const { practises } = first || anew ? await (await patients()).readPractice(id) : this.kept;
    // An invitation of today may be accepted on the other's phone.
    await this.note({ asked_on: today, linked: found.length > 0 || (!first && linked), practises });
  }
}

export const home = new Home();
