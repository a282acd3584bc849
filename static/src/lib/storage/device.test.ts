import { beforeEach, expect, test } from 'vitest';
import { currentPerson, forgetPerson, refreshPerson, rememberPerson, unfinishedWipe } from './device.ts';
import { newPhone, profileOf } from './fixtures.fake.ts';

beforeEach(newPhone);

test('a profile that arrives while she signs out does not bring her back', async () => {
  await rememberPerson(profileOf('alice'));
  await refreshPerson({ ...profileOf('alice'), display_name: 'Alice' });
  expect(await currentPerson()).toMatchObject({ display_name: 'Alice' });
  await forgetPerson('alice');
  await refreshPerson(profileOf('alice'));
  expect(await currentPerson()).toBeNull();
  expect(await unfinishedWipe()).toBe('alice');
});
