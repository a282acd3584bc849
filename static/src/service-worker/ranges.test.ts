import { describe, expect, it } from 'vitest';
import { partOf } from './ranges.ts';

const sound = () => new Response('0123456789', { headers: { 'Content-Type': 'audio/flac' } });

describe('a part of a stored answer', () => {
  it.each([
    ['bytes=0-1', '01', 'bytes 0-1/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10']
  ])('%s is %s', async (range, text, named) => {
    const part = await partOf(sound(), range);
    expect([part.status, await part.text(), part.headers.get('Content-Range')]).toEqual([206, text, named]);
    expect(part.headers.get('Content-Type')).toBe('audio/flac');
  });

  it.each([null, '', 'bytes=-5', 'bytes=12-', 'bytes=5-2', 'items=0-1', 'bytes=0-1,4-5'])('%j is the whole', async (range) => {
    const whole = await partOf(sound(), range);
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
  });

  it('of an answer that is no file is that answer', async () => {
    const missing = new Response('gone', { status: 404 });
    expect(await partOf(missing, 'bytes=0-1')).toBe(missing);
  });
});
