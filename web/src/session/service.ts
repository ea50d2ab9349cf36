/** What the service says about itself to everybody: `GET /api/v1/service`, asked without a session. */

/** Public facts of the service; the keys are C2SP verifier keys, digests are SHA-256 in hex. */
export interface ServiceFacts {
  readonly realm: string;
  readonly version: string;
  /** Empty while no area has been founded. */
  readonly area: string;
  readonly origin: string;
  readonly checkpointKey: string;
  readonly receiptKey: string;
  /** File name and digest of each policy, sorted by name. */
  readonly policies: readonly (readonly [name: string, digest: string])[];
  /** Digest of the manifest of the pages served; empty when none were built. */
  readonly build: string;
}

/** Why there are no facts: no answer, an answer that says no, or one nobody can read. */
export type FactsFailure = 'unreachable' | 'refused' | 'unreadable';

/** No facts, and why; carries nothing of the answer. */
export class FactsError extends Error {
  readonly failure: FactsFailure;

  constructor(failure: FactsFailure) {
    super(failure);
    this.name = 'FactsError';
    this.failure = failure;
  }
}

/** The part of `fetch` that is used here. */
export type Ask = (address: string, options: RequestInit) => Promise<Response>;

const patienceMs = 10_000;

/**
 * Asks the service for its facts; gives up after ten seconds.
 *
 * @throws FactsError whenever there are none, with the reason a person can be told.
 */
export async function fetchFacts(ask: Ask): Promise<ServiceFacts> {
  const answer = await ask('/api/v1/service', {
    headers: { accept: 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => {
    throw new FactsError('unreachable');
  });
  if (!answer.ok) throw new FactsError('refused');
  const said: unknown = await answer.json().catch(() => {
    throw new FactsError('unreadable');
  });
  return readFacts(said);
}

/**
 * Reads the facts strictly: every field there, every one of its kind. Fields of a later version
 * are passed over, so that an older page outlives a newer service.
 */
export function readFacts(said: unknown): ServiceFacts {
  const fields = record(said);
  return {
    realm: text(fields['realm']),
    version: text(fields['version']),
    area: text(fields['area']),
    origin: text(fields['origin']),
    checkpointKey: text(fields['checkpoint_key']),
    receiptKey: text(fields['receipt_key']),
    policies: Object.entries(record(fields['policies']))
      .map(([name, digest]) => [name, hexDigest(digest)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
    build: text(fields['build']),
  };
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FactsError('unreadable');
  }
  return value as Record<string, unknown>;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new FactsError('unreadable');
  return value;
}

function hexDigest(value: unknown): string {
  if (!/^[0-9a-f]{64}$/.test(text(value))) throw new FactsError('unreadable');
  return text(value);
}
