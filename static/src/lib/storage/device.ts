import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Profile } from '#lib/domain/types.ts';
import { stored } from './faults.ts';

/** What this phone knows before anyone is known: who uses it. Health data is never in here. */
interface DeviceSchema extends DBSchema {
  settings: { key: string; value: unknown };
}

interface Settings {
  /** The person whose database is open, with the profile as last seen. */
  person: Profile | null;
  /** She signed out without a connection: the server's session ends as soon as there is one. */
  end_session: boolean;
  /** Whose database is being removed: should the page be closed half way, the next start finishes it. */
  wipe: string | null;
  /** Of whom, and on which day, the server heard last that this device takes notifications. */
  told: string | null;
}

let opening: Promise<IDBPDatabase<DeviceSchema>> | null = null;

function device(): Promise<IDBPDatabase<DeviceSchema>> {
  const forget = () => (opening = null);
  opening ??= openDB<DeviceSchema>('unpinch-device', 1, {
    upgrade: (db) => void db.createObjectStore('settings'),
    blocking: (_current, _wanted, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget
  }).catch((cause: unknown) => {
    forget();
    throw cause;
  });
  return opening;
}

async function read<K extends keyof Settings>(key: K): Promise<Settings[K] | undefined> {
  return (await (await device()).get('settings', key)) as Settings[K] | undefined;
}

async function write<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void> {
  const tx = (await device()).transaction('settings', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(value, key), tx.done]);
}

export const currentPerson = () => stored(async () => (await read('person')) ?? null);
export const rememberPerson = (person: Profile | null) => stored(() => write('person', person));

/** The profile as the server has it now, unless she has signed out since it was asked for. */
export function refreshPerson(person: Profile): Promise<void> {
  return stored(async () => {
    const tx = (await device()).transaction('settings', 'readwrite');
    const known = (await tx.store.get('person')) as Profile | null | undefined;
    if (known?.id === person.id) await tx.store.put(person, 'person');
    await tx.done;
  });
}

export const sessionMustEnd = () => stored(async () => (await read('end_session')) ?? false);
export const rememberToEndSession = (must: boolean) => stored(() => write('end_session', must));
export const unfinishedWipe = () => stored(async () => (await read('wipe')) ?? null);

/** In one transaction, so that there is no moment in which the phone has forgotten her but not to remove her data. */
export function forgetPerson(id: string): Promise<void> {
  return stored(async () => {
    const tx = (await device()).transaction('settings', 'readwrite', { durability: 'strict' });
    const writes = [tx.store.put(null, 'person'), tx.store.put(true, 'end_session'), tx.store.put(id, 'wipe')];
    await Promise.all([...writes, tx.done]);
  });
}
export const rememberWiped = () => stored(() => write('wipe', null));

export const lastTold = () => stored(async () => (await read('told')) ?? null);
export const rememberTold = (told: string | null) => stored(() => write('told', told));
