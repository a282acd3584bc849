import { expect, test } from 'vitest';
import { Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';
import { otherProblem } from './problems.ts';

const answer = (status: number, code: string, message: string) =>
  new Problem({ status, title: message, errors: [{ field: '', code, message }] });

test('an answer of nothing but its status is told in words', () => {
  expect(otherProblem(answer(429, 'too_many', 'The server answered 429.'))).toBe(m.account_problem_too_many());
  expect(otherProblem(answer(502, 'unexpected', 'The server answered 502.'))).toBe(m.common_problem_server());
});

test('what the server says itself is told', () => {
  expect(otherProblem(answer(503, 'busy', 'Too much to do. Try again.'))).toBe('Too much to do. Try again.');
  expect(otherProblem(answer(400, 'too_many', 'The clinic is full.'))).toBe('The clinic is full.');
});
