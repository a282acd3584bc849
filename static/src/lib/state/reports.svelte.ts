import { deleteReport, readReports, reportFile } from '#lib/api/shares.ts';
import { Problem } from '#lib/domain/problem.ts';
import type { FileKind, OwnReport } from '#lib/domain/sharing.ts';
import { who } from './current.svelte.ts';

const own = async () => (await who.ready()).id;

/** The reports that this person has made. They live on the server. */
class Reports {
  /** The newest first. */
  list = $state.raw<OwnReport[] | null>(null);
  problem = $state.raw<Problem | null>(null);

  async read(): Promise<void> {
    try {
      this.list = await readReports(await own());
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  fileOf = (id: string, kind: FileKind) => reportFile(id, kind);

  /** With the links to it. Throws a Problem; one that is gone already is what was wanted. */
  async remove(id: string): Promise<void> {
    try {
      await deleteReport(await own(), id);
    } catch (cause) {
      if (!(cause instanceof Problem && cause.status === 404)) throw cause;
    }
    this.list = this.list?.filter((one) => one.id !== id) ?? null;
  }
}

export const reports = new Reports();
