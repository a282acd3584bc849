/** One fault of one field (`field` is empty when it concerns the whole document); `code` is what screens put words to. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** The one error shape of the API, as JSON. Plain, so that it can be stored beside the edit that it refused. */
export interface ProblemShape {
  status: number;
  title: string;
  errors: FieldError[];
}

/** Whatever can go wrong on the way to a saved entry, on the phone (status 0) or on the server. */
export class Problem extends Error implements ProblemShape {
  readonly status: number;
  readonly title: string;
  readonly errors: FieldError[];

  constructor(shape: ProblemShape) {
    super(shape.title);
    this.name = 'Problem';
    this.status = shape.status;
    this.title = shape.title;
    this.errors = shape.errors;
  }

  /** The first code: `offline`, `timeout`, `storage_full`, `unsent_entries`, or whatever the server named. */
  get code(): string {
    return this.errors[0]?.code ?? '';
  }

  /** What there is to say about one field of a form. */
  about(field: string): FieldError[] {
    return this.errors.filter((error) => error.field === field);
  }

  toJSON(): ProblemShape {
    return { status: this.status, title: this.title, errors: this.errors };
  }
}

/**
 * What was open to this person is so no longer, or never was: the server answers the same to both. Another person's
 * session, or an old token of it, is refused with a 403 as well, and says nothing about what was asked for.
 */
export const isShut = (problem: Problem | null): boolean => problem?.status === 404 || problem?.code === 'not_in_scope';

/** A problem that arose on the phone: no server named it. */
export function localProblem(code: string, title: string): Problem {
  return new Problem({ status: 0, title, errors: [{ field: '', code, message: title }] });
}
