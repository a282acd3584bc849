import { Problem, localProblem } from '#lib/domain/problem.ts';

const byName: Record<string, [code: string, title: string]> = {
  QuotaExceededError: ['storage_full', 'This device has no space left for the entry.'],
  VersionError: ['app_outdated', 'A newer Unpinch is open in another tab. Load this page again.'],
  InvalidStateError: ['storage_closed', 'The storage of this browser was closed. Load this page again.']
};

/** Every fault of the browser's storage as a Problem: none may pass in silence. */
export function storageProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  const [code, title] = byName[name] ?? ['storage_unavailable', 'This browser does not let Unpinch keep data.'];
  const problem = localProblem(code, title);
  problem.cause = cause;
  return problem;
}

/** Runs storage work and lets nothing but Problems out. */
export async function stored<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storageProblem(cause);
  }
}
