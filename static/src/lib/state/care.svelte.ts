import * as api from '#lib/api/care.ts';
import { makeStandIn } from '#lib/api/clinics.ts';
import type { StandInBody } from '#lib/domain/clinics.ts';
import type { CareLink, Consent, Conversation, Invitation, Look, Message, NewInvitation, Role } from '#lib/domain/care.ts';
import type { PatientNote } from '#lib/domain/patients.ts';
import { Problem, isShut } from '#lib/domain/problem.ts';
import { who } from './current.svelte.ts';
import { home } from './home.svelte.ts';

const own = async () => (await who.ready()).id;

/** Who is linked with this person, as patient and as physiotherapist. All acts throw the Problem that the answer was. */
class Care {
  links = $state.raw<CareLink[] | null>(null);
  invitations = $state.raw<Invitation[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** Just made, with what opens it: shown once. */
  made = $state.raw<NewInvitation | null>(null);
  #asked = 0;

  /** Of two answers that of the later question holds: the earlier one may not know of an act between them. */
  async read(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const person = await own();
      const [links, invitations] = await Promise.all([api.readLinks(person), api.readInvitations(person)]);
      if (turn !== this.#asked) return;
      [this.links, this.invitations] = [links, invitations];
      this.problem = null;
      await home.note({ linked: links.length > 0 });
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      if (turn === this.#asked) this.problem = cause;
    }
  }

  async invite(role: Role, consent: Consent | null): Promise<void> {
    this.made = await api.invite(await own(), role, consent);
    await this.read();
    await home.note(role === 'physiotherapist' ? { linked: true, practises: true } : { linked: true });
  }

  async takeBack(id: string): Promise<void> {
    await api.takeBack(await own(), id);
    this.#asked += 1;
    this.invitations = this.invitations.filter((one) => one.id !== id);
  }

  async look(token: string): Promise<Look> {
    return api.look(await own(), token);
  }

  async accept(token: string, consent: Consent | null): Promise<CareLink> {
    const link = await api.accept(await own(), token, consent);
    // Without a consent of their own it is the physiotherapist who accepts.
    await home.note(consent ? { linked: true } : { linked: true, practises: true });
    return link;
  }

  async change(id: string, consent: Consent): Promise<void> {
    await this.#act((person) => api.changeLink(person, id, consent));
  }

  async end(id: string): Promise<void> {
    await this.#act((person) => api.endLink(person, id));
  }

  /** What they wrote for themselves in one of their links as a physiotherapist. */
  async notesOf(link: string): Promise<PatientNote[]> {
    return api.readOwnNotes(await own(), link);
  }

  async standIn(link: string, body: StandInBody): Promise<void> {
    await this.#act((person) => makeStandIn(person, link, body));
  }

  async endStandIn(link: string, id: string): Promise<void> {
    await this.#act((person) => api.endStandIn(person, link, id));
  }

  /** Done or refused, the links are read anew: what is refused may have ended meanwhile. */
  async #act(work: (person: string) => Promise<unknown>): Promise<void> {
    try {
      await work(await own());
    } finally {
      await this.read();
    }
  }
}

/** What people write to each other. */
class Conversations {
  list = $state.raw<Conversation[] | null>(null);
  problem = $state.raw<Problem | null>(null);

  async read(): Promise<void> {
    try {
      this.list = await api.readConversations(await own());
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }
}

/** One link's messages, for the time that they are open. */
export class Thread {
  /** The oldest first. */
  messages = $state.raw<Message[] | null>(null);
  next = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  #asked = 0;
  #earlier = false;

  constructor(readonly link: string) {}

  /** The newest, or with `earlier` those before them. What was sent, or has come, meanwhile makes an answer an old one. */
  async read(earlier = false): Promise<void> {
    // Pressed twice, they come once.
    if (earlier && this.#earlier) return;
    this.#earlier ||= earlier;
    const turn = earlier ? 0 : ++this.#asked;
    try {
      const person = await own();
      const answer = await api.readMessages(person, this.link, earlier ? this.next : null);
      if (earlier) this.#asked += 1;
      else if (turn !== this.#asked) return;
      const found = answer.results.toReversed();
      this.messages = earlier ? [...found, ...(this.messages ?? [])] : found;
      this.next = answer.next;
      this.problem = null;
      const newest = this.messages.at(-1);
      if (this.messages.some(({ from_you, read_at }) => !from_you && !read_at) && newest) {
        await api.markRead(person, this.link, newest.created_at);
      }
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      // Who may not read them any more does not go on reading them.
      if (isShut(cause)) this.messages = null;
    } finally {
      if (earlier) this.#earlier = false;
    }
  }

  async send(id: string, text: string): Promise<void> {
    const sent = await api.sendMessage(await own(), id, this.link, text);
    this.#asked += 1;
    this.messages = [...(this.messages ?? []).filter((one) => one.id !== sent.id), sent];
  }
}

export const care = new Care();
export const conversations = new Conversations();
