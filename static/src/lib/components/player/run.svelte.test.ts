import { describe, expect, it, vi } from 'vitest';
import { T0, begin, item } from '#lib/domain/player.fixtures.ts';
import { Run } from './run.svelte.ts';

describe('a cue that is due', () => {
  it('is given before anything is drawn, shown elsewhere or kept', () => {
    vi.useFakeTimers({ now: T0, toFake: ['Date'] });
    const order: string[] = [];
    const run = new Run(begin(item('bridge')), {
      oncue: ({ cue }) => order.push(`${cue.kind}, with the screen at ${run.view.phase}`),
      onahead: () => undefined,
      onturn: ({ phase }) => order.push(`turn to ${phase}`),
      onsnapshot: () => order.push('kept'),
      onend: () => order.push('end')
    });
    run.look();
    order.length = 0;
    vi.setSystemTime(T0 + 15_000);
    run.look();
    expect(order).toEqual(['hold, with the screen at ready', 'turn to hold', 'kept']);
    vi.useRealTimers();
  });
});
