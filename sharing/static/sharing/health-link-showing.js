/** What stands in the FHIR document, as elements of a page. Everything is set as text: no markup of anybody's is read. */

const STREAMS = { numbness: 'numbness', tingling: 'tingling', pain: '72514-3', weakness: 'weakness', sleep: 'sleep-quality' };
const TIME_ZONE = 'http://hl7.org/fhir/StructureDefinition/tz-code';
// Emergency now, and the same day.
const URGENT = ['E', 'D'];
const MINUS = '\u2212';

/** `{name}` in a sentence replaced. */
export const fill = (sentence, details) => sentence.replace(/\{(\w+)\}/g, (whole, name) => details[name] ?? whole);

/** The elements of the report, its heading first. */
export function reportOf(bundle, words) {
  const all = bundle.entry.map(({ resource }) => resource);
  const language = bundle.language === 'en' ? 'en-GB' : bundle.language;
  const coded = (code) => all.filter((one) => one.resourceType === 'Observation' && codesOf(one.code).includes(code));
  const { start, end } = coded('days-logged')[0].effectivePeriod;
  const kit = {
    words,
    of: (kind) => all.filter(({ resourceType }) => resourceType === kind),
    coded,
    day: dayIn(language, start.slice(0, 4) !== end.slice(0, 4)),
  };
  return [...heading(kit), question(kit), changes(kit), flags(kit), answers(kit), exercises(kit), days(kit)].filter(Boolean);
}

function heading({ words, of, coded, day }) {
  const [patient] = of('Patient');
  const [logged] = coded('days-logged');
  const { start, end } = logged.effectivePeriod;
  const title = element('h1', fill(words.report, { name: patient.name?.[0]?.text ?? words.no_name }));
  title.tabIndex = -1;
  const counted = { logged: logged.valueQuantity.value, days: logged.component[0].valueQuantity.value };
  const lines = [fill(words.period, { first: day(start), last: day(end) }), fill(words.logged, counted)];
  const files = of('DocumentReference').map((one) => download(one, words, `unpinch-${start}-to-${end}.pdf`));
  return [title, element('p', lines.join(' · ')), ...urgent(of('DetectedIssue'), words), hint(words.not_a_diagnosis), ...files];
}

/** So that nobody has to look for what cannot wait. No link leads there: what stands after the # is the key. */
function urgent(flags, words) {
  const count = flags.filter(({ extension }) => {
    const [level, state] = extension.map(({ valueCoding }) => valueCoding.code);
    return URGENT.includes(level) && state !== 'resolved';
  }).length;
  if (!count) return [];
  const said = element('p', fill(count === 1 ? words.urgent_one : words.urgent_other, { count }));
  said.className = 'urgent';
  return [said];
}

function download(reference, words, name) {
  const { data, contentType } = reference.content[0].attachment;
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const anchor = element('a', words.download);
  anchor.className = 'button';
  anchor.href = URL.createObjectURL(new Blob([bytes], { type: contentType }));
  anchor.download = name;
  return anchor;
}

function question({ words, coded }) {
  const [asked] = coded('question-of-the-patient');
  return asked ? section(words.question, element('p', asked.valueString)) : null;
}

function changes({ words, of }) {
  const found = of('Observation').filter(({ code }) => codesOf(code).some((one) => one.startsWith('change-of-')));
  if (!found.length) return null;
  // One empty card beside the other would look like a fault.
  if (!found.some(({ valueQuantity }) => valueQuantity)) return section(words.changes, element('p', words.changes_none));
  const items = found.map((one) => {
    const [start, now] = one.component.map(({ valueQuantity }) => mean(valueQuantity));
    const known = one.valueQuantity !== undefined;
    const item = element('li', '');
    item.append(
      element('strong', one.code.text),
      element('span', known ? fill(words.from_to, { start, now }) : (one.dataAbsentReason?.text ?? words.figure_missing)),
      element('span', known ? `${signed(one.valueQuantity.value)} ${textOf(one.interpretation[0])}` : ''),
    );
    return item;
  });
  const list = element('ul', '', items);
  list.className = 'changes';
  return section(words.changes, list, hint(words.changes_note));
}

function flags({ words, of, day }) {
  const items = of('DetectedIssue').map((one) => {
    const told = one.extension.map(({ valueCoding }) => valueCoding.display);
    const [over] = one.mitigation ?? [];
    const first = day(one.identifiedDateTime);
    const when = over ? fill(words.period, { first, last: day(over.date) }) : fill(words.since, { day: first });
    const said = new Set([...told, ...(over ? [textOf(over.action)] : []), when]);
    return element('li', '', [element('strong', one.code.text), element('p', one.detail ?? ''), hint([...said].join(' · '))]);
  });
  if (items.length) return section(words.flags, element('ul', '', items));
  return whyEmpty('Flags', words.flags, of);
}

/** Of a section without anything, why: none stood out, nobody asked, or it is not part of the report. */
function whyEmpty(title, heading, of) {
  const told = of('Composition')[0].section.find((one) => one.title === title && one.emptyReason);
  return told ? section(heading, element('p', textOf(told.emptyReason))) : null;
}

function answers({ words, of, day }) {
  const check = of('QuestionnaireResponse').find(({ item }) => item.some(({ linkId }) => linkId === 'asked'));
  if (!check) return whyEmpty('Red-flag answers', words.answers, of);
  const [{ answer: [{ valueInteger: asked }] }] = check.item.filter(({ linkId }) => linkId === 'asked');
  const items = check.item.filter(({ linkId }) => linkId !== 'asked').map((one) => {
    const [{ valueCoding, item = [] }] = one.answer;
    const level = item.map(({ answer }) => answer[0].valueCoding.display);
    return element('li', '', [element('strong', one.text), element('p', [valueCoding.display, ...level].join(' · '))]);
  });
  const when = `${day(check.authored)}, ${check.authored.slice(11, 16)} (${zoneOf(check)})`;
  const others = fill(items.length ? words.answers_others : words.answers_clear, { asked, when });
  const { text } = of('Composition')[0].section.find(({ title }) => title === 'Red-flag answers');
  // Ours, and without markup in it: what still waits for an answer.
  const waits = text ? [element('p', text.div.replace(/<[^>]*>/g, ''))] : [];
  return section(words.answers, ...waits, element('p', others), ...(items.length ? [element('ul', '', items)] : []));
}

/** The name of the zone whose clock a check is told by; of a link made before it was kept, how far it is from UTC. */
function zoneOf({ authored, _authored }) {
  const named = _authored?.extension.find(({ url }) => url === TIME_ZONE);
  return named ? named.valueCode.replaceAll('_', ' ') : `UTC${authored.slice(19).replace('Z', '')}`;
}

function exercises({ words, of }) {
  const columns = { 'times-prescribed': 'prescribed', 'times-done': 'done', 'times-partly-done': 'partial', 'times-skipped': 'skipped' };
  const found = of('Observation').filter(({ component = [] }) => component.some(({ code }) => codesOf(code)[0] === 'times-done'));
  if (!found.length) return null;
  const rows = found.map((one) => {
    const value = (code) => one.component.find((part) => codesOf(part.code)[0] === code)?.valueQuantity?.value ?? '';
    return [one.code.text, ...Object.keys(columns).map(value)];
  });
  return section(words.exercises, table(words.exercises, [words.exercise, ...Object.values(columns).map((name) => words[name])], rows));
}

function days({ words, coded, day }) {
  const columns = Object.entries(STREAMS).map(([name, code]) => {
    const told = coded(code).filter(({ effectiveDateTime }) => effectiveDateTime);
    return { name, ratings: new Map(told.map((one) => [one.effectiveDateTime, one.valueQuantity.value])) };
  });
  const rated = columns.filter(({ ratings }) => ratings.size);
  if (!rated.length) return null;
  const [first] = rated.flatMap(({ ratings }) => [...ratings.keys()]).sort();
  const dates = datesOf({ ...coded('days-logged')[0].effectivePeriod, start: first });
  const rows = dates.map((date) => [day(date, true), ...rated.map(({ ratings }) => ratings.get(date) ?? '')]);
  const shown = table(words.days, [words.date, ...rated.map(({ name }) => words[name])], rows);
  shown.classList.add('dated');
  return section(words.days, hint(words.days_note), shown);
}

function datesOf({ start, end }) {
  const dates = [];
  for (const at = new Date(start); at <= new Date(end); at.setUTCDate(at.getUTCDate() + 1)) dates.push(at.toISOString().slice(0, 10));
  return dates;
}

/** A short day has its year only where the report is of more than one. */
function dayIn(language, ofYears) {
  const brief = { day: 'numeric', month: 'short', ...(ofYears ? { year: 'numeric' } : {}) };
  const [long, short] = [{ day: 'numeric', month: 'long', year: 'numeric' }, brief].map(
    (shape) => new Intl.DateTimeFormat(language, { ...shape, timeZone: 'UTC' }),
  );
  return (date, shortly = false) => (shortly ? short : long).format(new Date(date.slice(0, 10)));
}

const codesOf = (concept) => (concept.coding ?? []).map(({ code }) => code);
const textOf = (concept) => concept.text ?? concept.coding[0].display;
const mean = (quantity) => (quantity === undefined ? '' : quantity.value.toFixed(1));
const signed = (value) => (value > 0 ? '+' : value < 0 ? MINUS : '') + Math.abs(value).toFixed(1);

function element(name, text, children = []) {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
}

function hint(text) {
  const made = element('p', text);
  made.className = 'hint';
  return made;
}

function section(title, ...children) {
  return element('section', '', [element('h2', title), ...children]);
}

/** The first cell of a row is its head. Wide ones scroll within themselves, by keyboard too. */
function table(name, heads, rows) {
  const head = element('tr', '', heads.map((text) => scoped('col', text)));
  const body = rows.map(([first, ...cells]) => element('tr', '', [scoped('row', first), ...cells.map((text) => element('td', text))]));
  const frame = element('div', '', [element('table', '', [element('thead', '', [head]), element('tbody', '', body)])]);
  frame.className = 'wide';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', name);
  return frame;
}

function scoped(scope, text) {
  const cell = element('th', text);
  cell.scope = scope;
  return cell;
}
