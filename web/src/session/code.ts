/** Which code the service delivered: the digest of the manifest that names every file of the pages. */
import type { Ask } from './service';

/** Where the manifest lies: file names and their SHA-256 in hex, made by the build. */
export const manifestAddress = '/manifest.sha256.json';

/**
 * The SHA-256, in hex, of the manifest as delivered.
 *
 * This is what the browser received, computed here and not told by the service. It proves nothing
 * against a page that lies about itself; compared with a published release it shows a difference.
 * Undefined when the manifest cannot be had or the browser offers no WebCrypto (plain HTTP to
 * anything but this machine).
 */
export async function deliveredCode(
  ask: Ask,
  crypto: Pick<Crypto, 'subtle'> | undefined,
): Promise<string | undefined> {
  if (crypto?.subtle === undefined) return undefined;
  try {
    const answer = await ask(manifestAddress, { cache: 'no-cache' });
    if (!answer.ok) return undefined;
    return hex(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
  } catch {
    return undefined;
  }
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A digest for the eye: its first `groups` groups of four hex digits. */
export function inGroups(digest: string, groups = 16): string {
  return (digest.match(/.{1,4}/g) ?? []).slice(0, groups).join(' ');
}
