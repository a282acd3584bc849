import { endShare, makeReport, makeShare, readAccesses, readShare, readShares, reportFile } from '#lib/api/shares.ts';
import { Problem } from '#lib/domain/problem.ts';
import type { Access, FileKind, NewShare, OwnReport, Scope, Share, ShareBody } from '#lib/domain/sharing.ts';
import { who } from './current.svelte.ts';

const own = async () => (await who.ready()).id;

/** The person's links. They live on the server: without a connection nothing about them can be true. */
class Shares {
  list = $state.raw<Share[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Just made, with what opens it: shown once, gone with the page. */
  made = $state.raw<NewShare | null>(null);
  kept = $state.raw<OwnReport | null>(null);
  #asked = 0;

  /** Of what was asked for before something was made or ended, nothing is shown. */
  async read(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const found = await readShares(await own());
      if (turn !== this.#asked) return;
      this.list = found;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  /** Throws a Problem, as the others do. */
  async make(body: ShareBody): Promise<void> {
    this.made = await makeShare(await own(), body);
    if (!this.list) return this.read();
    this.#asked += 1;
    this.list = [this.made, ...this.list];
  }

  /** Nobody else sees it: to print, or to save. */
  async keep(body: Scope & { question: string }): Promise<void> {
    this.kept = await makeReport(await own(), body);
  }

  fileOf = (id: string, kind: FileKind) => reportFile(id, kind);

  async one(id: string): Promise<Share> {
    return readShare(await own(), id);
  }

  async end(id: string): Promise<void> {
    await endShare(await own(), id);
    await this.read();
  }

  async accesses(share: string | null, next: string | null = null): Promise<{ results: Access[]; next: string | null }> {
    return readAccesses(await own(), share, next);
  }
}

export const shares = new Shares();
