// Storage has problems too and may not look upward, so the class itself lives one floor below.
export { Problem, localProblem, type FieldError, type ProblemShape } from '#lib/domain/problem.ts';
