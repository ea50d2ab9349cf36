import { describe, expect, test } from 'vitest';
import { deliveredCode, inGroups, manifestAddress } from '../src/session/code.ts';
import { FactsError, fetchFacts, readFacts, type Ask } from '../src/session/service.ts';

const digest = 'ab'.repeat(32);
const said = {
  realm: 'fallberatung.example',
  version: '0.1.0',
  area: '',
  origin: 'fallberatung.example/log',
  checkpoint_key: 'fallberatung.example/log+00000000+AQ',
  receipt_key: 'fallberatung.example/log+11111111+BA',
  policies: { 'retention.toml': digest, 'deadlines.toml': digest },
  build: '',
};

function answering(body: string, status = 200): Ask {
  return () => Promise.resolve(new Response(body, { status }));
}

async function failureOf(ask: Ask): Promise<unknown> {
  return fetchFacts(ask).then(
    () => 'none',
    (problem: unknown) => (problem instanceof FactsError ? problem.failure : problem),
  );
}

describe('the facts', () => {
  test('are asked for at one address and read whole', async () => {
    const asked: string[] = [];
    const facts = await fetchFacts((address) => {
      asked.push(address);
      return Promise.resolve(Response.json(said));
    });

    expect(asked).toEqual(['/api/v1/service']);
    expect(facts).toEqual({
      realm: 'fallberatung.example',
      version: '0.1.0',
      area: '',
      origin: 'fallberatung.example/log',
      checkpointKey: 'fallberatung.example/log+00000000+AQ',
      receiptKey: 'fallberatung.example/log+11111111+BA',
      policies: [
        ['deadlines.toml', digest],
        ['retention.toml', digest],
      ],
      build: '',
    });
  });

  test('of a later version are read as far as they are known', () => {
    expect(readFacts({ ...said, motto: 'later' })).toEqual(readFacts(said));
  });

  const wrong: readonly (readonly [what: string, value: unknown])[] = [
    ...Object.keys(said).map((name) => [`without ${name}`, { ...said, [name]: undefined }] as const),
    ['with a number for a word', { ...said, realm: 1 }],
    ['with a short digest', { ...said, policies: { 'a.toml': 'abcd' } }],
    ['with a digest in capitals', { ...said, policies: { 'a.toml': digest.toUpperCase() } }],
    ['that are a list', [said]],
    ['that are nothing', null],
  ];

  test.each(wrong)('%s are not readable', (_, value) => {
    expect(() => readFacts(value)).toThrow(new FactsError('unreadable'));
  });

  test('fail with the reason a person can be told', async () => {
    expect(await failureOf(() => Promise.reject(new TypeError('offline')))).toBe('unreachable');
    expect(await failureOf(answering('{}', 503))).toBe('refused');
    expect(await failureOf(answering('<html>'))).toBe('unreadable');
  });

  test('fail without a word of the answer', async () => {
    await expect(fetchFacts(answering('{"realm": "Lea"}'))).rejects.toThrow(/^unreadable$/);
  });
});

describe('the delivered code', () => {
  test('is the digest of the manifest as received', async () => {
    const asked: string[] = [];
    const found = await deliveredCode((address) => {
      asked.push(address);
      return Promise.resolve(new Response('abc'));
    }, crypto);

    expect(asked).toEqual([manifestAddress]);
    expect(found).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('is unknown when it cannot be computed', async () => {
    expect(await deliveredCode(answering('', 404), crypto)).toBeUndefined();
    expect(await deliveredCode(() => Promise.reject(new TypeError('offline')), crypto)).toBe(
      undefined,
    );
    expect(await deliveredCode(answering('abc'), undefined)).toBeUndefined();
  });

  test('is shown in groups of four', () => {
    expect(inGroups('b7e491c055fa0000', 3)).toBe('b7e4 91c0 55fa');
    expect(inGroups('b7e491')).toBe('b7e4 91');
    expect(inGroups('')).toBe('');
  });
});
