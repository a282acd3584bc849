import { expect, test } from 'vitest';
import { formerPatients, hasLeft, inOrder, setsPlansNoMore, unanswered, type CareLink, type StandIn, type Message } from './care.ts';

test('scopes stand in the order of the report, whatever the order of the taps', () => {
  expect(inOrder(['prescribe', 'symptoms', 'notes'])).toEqual(['symptoms', 'notes', 'prescribe']);
});

test('a question waits until somebody has answered', () => {
  const said = (sender: Message['sender'], text: string) => ({ sender, text }) as Message;
  const words = (messages: Message[]) => unanswered(messages).map(({ text }) => text);
  expect(words([])).toEqual([]);
  expect(words([said('patient', 'and swim?'), said('patient', 'May I cycle?')])).toEqual(['May I cycle?', 'and swim?']);
  expect(words([said('patient', 'and swim?'), said('physiotherapist', 'Yes.'), said('patient', 'May I cycle?')])).toEqual(['and swim?']);
  expect(words([said('stand-in', 'Yes.'), said('patient', 'May I cycle?')])).toEqual([]);
});

test('those whose link has ended are named once it has, unless they came back', () => {
  const link = (id: string, other: string, ended_at: string | null, role: CareLink['role'] = 'physiotherapist') =>
    ({ id, role, other: { id: other, name: '' }, ended_at }) as CareLink;
  const links = [
    link('1', 'alice', '2026-11-01T10:00:00Z'),
    link('2', 'alice', null),
    link('3', 'bob', '2026-11-02T10:00:00Z'),
    link('4', 'carla', '2026-11-03T10:00:00Z'),
    link('5', 'petra', '2026-11-04T10:00:00Z', 'patient')
  ];
  expect(formerPatients(links).map(({ id }) => id)).toEqual(['4', '3']);
});

test('who set a plan has left when every link with that name has ended', () => {
  const link = (name: string, ended_at: string | null, role: CareLink['role'] = 'patient') =>
    ({ role, other: { id: name, name }, ended_at, stand_ins: [] as StandIn[] }) as CareLink;
  const over = '2026-11-01T10:00:00Z';
  expect(hasLeft([], 'Petra')).toBe(false);
  expect(hasLeft([link('Petra', null)], 'Petra')).toBe(false);
  expect(hasLeft([link('Petra', over), link('Bob', null)], 'Petra')).toBe(true);
  expect(hasLeft([link('Petra', over), link('Petra', null)], 'Petra')).toBe(false);
  expect(hasLeft([link('Petra', over, 'physiotherapist')], 'Petra')).toBe(false);
  expect(hasLeft([link('Petra', over)], 'Erin, who stood in')).toBe(true);
  expect(hasLeft([link('Petra', null)], 'Erin, who stood in')).toBe(false);
});

test('who may set plans no more leaves the end of theirs to the patient, linked or not', () => {
  const link = (name: string, scopes: string[], ended_at: string | null = null) =>
    ({ role: 'patient', other: { id: name, name }, scopes, ended_at, stand_ins: [] as StandIn[] }) as CareLink;
  const over = '2026-11-01T10:00:00Z';
  expect(setsPlansNoMore([], 'Petra')).toBe(false);
  expect(setsPlansNoMore([link('Petra', ['symptoms', 'prescribe'])], 'Petra')).toBe(false);
  expect(setsPlansNoMore([link('Petra', ['symptoms']), link('Bob', ['prescribe'])], 'Petra')).toBe(true);
  expect(setsPlansNoMore([link('Petra', ['prescribe'], over)], 'Petra')).toBe(true);
  expect(setsPlansNoMore([link('Petra', ['symptoms']), link('Petra', ['prescribe'])], 'Petra')).toBe(false);
  expect(setsPlansNoMore([link('Petra', ['symptoms'])], 'Erin, who stood in')).toBe(true);
  // Who stands in is asked about by the links that let them, whoever else sets plans.
  const lent = (of: CareLink) => ({ ...of, stand_ins: [{ colleague: { id: 'erin', name: 'Erin' } } as StandIn] });
  expect(setsPlansNoMore([lent(link('Petra', ['symptoms'])), link('Carl', ['prescribe'])], 'Erin')).toBe(true);
  expect(setsPlansNoMore([link('Erin', ['prescribe'], over), lent(link('Petra', ['prescribe']))], 'Erin')).toBe(false);
});
