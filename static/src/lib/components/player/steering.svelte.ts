/** What a person does with the player: the questions that stop its clock, what follows from the answers, and the keys. */
import { DEFAULT_RULE, isAnswered, reasonOf, type Answer, type Felt } from '#lib/domain/painrule.ts';
import { back, forward, pause, resume, skip, stop } from '#lib/domain/player.ts';
import { ease, hurt } from '#lib/domain/playerease.ts';
import { planItem } from '#lib/domain/playerplan.ts';
import type { Exercise, PainRule, SkipReason, Verdict } from '#lib/domain/types.ts';
import { actOf, firstTime, pressesButtons, walk, type KeyAct } from './keys.ts';
import type { Run } from './run.svelte.ts';

export type Question = 'skip' | 'hurt' | 'keys';

/** What lies outside the player. */
interface Ways {
  hush: () => void;
  /** Within a tap or a key press: from then on the browser lets sounds through. */
  unlock: () => void;
  switchVoice: () => void;
  leave: () => void;
  /** For the first time a key is pressed: there are more of them. */
  tellOfKeys: () => void;
  /** Another question is open above the player: keys belong to it. */
  covered: () => boolean;
}

export class Steering {
  asking = $state<Question | null>(null);
  /** A question pauses the clock; without an answer it runs on, unless it had been paused before. */
  #wasRunning = false;
  #said: Answer | null = null;
  #run: Run;
  #ways: Ways;

  constructor(run: Run, ways: Ways) {
    this.#run = run;
    this.#ways = ways;
  }

  get before(): Felt {
    const { pain_before, numbness_before } = this.#run.state;
    return { pain: pain_before, numbness: numbness_before };
  }

  get rule(): PainRule {
    return this.#run.state.plan.prescription?.pain_rule ?? DEFAULT_RULE;
  }

  // --- questions -----------------------------------------------------------------------------
  ask = (question: Question) => {
    this.#said = null;
    this.#wasRunning = this.#run.view.status === 'running';
    this.#run.act(pause);
    this.#ways.hush();
    this.asking = question;
  };

  /** Closed. Whoever said that it hurts is not hurried on: that takes a tap of its own. */
  unanswered = () => {
    const question = this.asking;
    this.asking = null;
    if (question !== null && question !== 'hurt') this.#goOnIfRunning();
  };

  goOn = () => {
    this.asking = null;
    // After the last exercise nothing goes on; to unlock the sound would bring back the lock screen.
    if (this.#run.view.status !== 'paused') return;
    this.#ways.unlock();
    this.#run.act(resume);
  };

  #goOnIfRunning(): void {
    this.asking = null;
    if (this.#wasRunning) this.goOn();
  }

  // --- what follows --------------------------------------------------------------------------
  toggle = () => {
    if (this.#run.view.status === 'paused') return this.goOn();
    this.#run.act(pause);
    this.#ways.hush();
  };

  back = () => this.#run.act(back);

  skipStep = () => {
    this.#run.act(forward);
    this.#goOnIfRunning();
  };

  skipFor = (reason: SkipReason) => {
    // No exercise for a leg that turns weak.
    if (reason === 'weakness') return this.stopFor(reason);
    this.#run.act((state, now) => skip(state, now, reason));
    this.#goOnIfRunning();
  };

  stopFor = (reason: SkipReason | null) => {
    this.asking = null;
    this.#run.act((state, now) => stop(state, now, reason));
  };

  hurts = (answer: Answer, verdict: Verdict) => {
    this.#said = answer;
    this.#run.act((state, now) => hurt(state, now, { ...answer, verdict }));
    if (verdict === 'stop') this.stopForHurt();
  };

  #reason = (): SkipReason => (this.#said ? reasonOf(this.before, this.#said, this.rule) : 'pain');

  /** Whoever answered nothing has not said what it was. */
  stopForHurt = () => this.stopFor(this.#said && isAnswered(this.#said) ? this.#reason() : null);

  leaveOut = () => {
    this.#run.act((state, now) => skip(state, now, this.#reason()));
    this.goOn();
  };

  takeEasier = (form: Exercise) => {
    this.#run.act((state, now) => ease(state, now, planItem(form.slug, form, form), this.#reason()));
    this.goOn();
  };

  // --- keys ----------------------------------------------------------------------------------
  #acts: Record<KeyAct, () => void> = {
    toggle: this.toggle,
    back: this.back,
    forward: () => this.#run.act(forward),
    skip: () => this.ask('skip'),
    hurt: () => this.ask('hurt'),
    leave: () => this.#ways.leave(),
    voice: () => this.#ways.switchVoice(),
    help: () => this.ask('keys')
  };

  press = (event: KeyboardEvent) => {
    const dialog = document.querySelector('dialog[open]');
    if (dialog) {
      if (walk(dialog, event.key)) event.preventDefault();
      return;
    }
    if (this.#ways.covered()) return;
    const onControl = event.target instanceof Element && event.target.closest('button, a, input, select, textarea');
    if (onControl && pressesButtons(event.key)) return;
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    this.#acts[act]();
    if (act !== 'help' && firstTime()) this.#ways.tellOfKeys();
  };
}
