import * as api from '#lib/api/clinics.ts';
import { colleaguesOf, type Clinic, type ClinicInvitation, type ClinicLook, type Colleague } from '#lib/domain/clinics.ts';
import { Problem } from '#lib/domain/problem.ts';
import { who } from './current.svelte.ts';

const own = async () => (await who.ready()).id;

/** Where this person works, and with whom. All acts throw the Problem that the answer was. */
class Clinics {
  list = $state.raw<Clinic[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Just made, with what opens it: shown once. */
  made = $state.raw<ClinicInvitation | null>(null);
  #asked = 0;

  get colleagues(): Colleague[] {
    return colleaguesOf(this.list ?? [], who.current?.id ?? '');
  }

  async read(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const found = await api.readClinics(await own());
      if (turn !== this.#asked) return;
      this.list = found;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  async found(name: string): Promise<void> {
    await api.foundClinic(await own(), name);
    await this.read();
  }

  async invite(clinic: string): Promise<void> {
    this.made = await api.inviteColleague(await own(), clinic);
  }

  async look(token: string): Promise<ClinicLook> {
    return api.lookAtClinic(await own(), token);
  }

  async join(token: string): Promise<Clinic> {
    return api.joinClinic(await own(), token);
  }

  /** Without a member: oneself. */
  async leave(clinic: string, member?: string): Promise<void> {
    const person = await own();
    await api.leaveClinic(person, clinic, member ?? person);
    await this.read();
  }
}

export const clinics = new Clinics();
