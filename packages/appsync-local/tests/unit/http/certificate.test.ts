import { X509Certificate } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartFailure } from '../../../src/ground/start-failure.ts';
import { loadCertificate } from '../../../src/http/certificate.ts';

const DAY_MS = 24 * 3_600_000;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'certificate-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe('certificate', () => {
  it('is for localhost, 127.0.0.1 and ::1, and signed by its CA', async () => {
    const { cert, caPem } = await loadCertificate(null);

    const leaf = new X509Certificate(cert);
    const ca = new X509Certificate(caPem);
    expect(leaf.checkHost('localhost')).toBe('localhost');
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkIP('::1')).toBe('::1');
    expect(leaf.checkHost('example.com')).toBeUndefined();
    expect(leaf.checkIssued(ca) && leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(ca.ca).toBe(true);
  });

  it('comes from a CA that may vouch for loopback only', async () => {
    const { caPem } = await loadCertificate(null);

    const raw = new X509Certificate(caPem).raw.toString('hex');
    const nameConstraintsCritical = '0603551d1e0101ff';
    expect(raw).toContain(nameConstraintsCritical);
    expect(raw).toContain(`8209${Buffer.from('localhost').toString('hex')}`);
    expect(raw).toContain('87087f000001ffffffff');
    expect(raw).toContain(`8720${'00'.repeat(15)}01${'ff'.repeat(16)}`);
  });

  it('is valid for a year, its CA for five', async () => {
    const now = Date.UTC(2030, 0, 1);

    const { cert, caPem } = await loadCertificate(null, now);

    expect(Date.parse(new X509Certificate(cert).validTo)).toBe(now + 365 * DAY_MS);
    expect(Date.parse(new X509Certificate(caPem).validTo)).toBe(now + 5 * 365 * DAY_MS);
  });

  it('is kept, with keys only their owner can read', async () => {
    const first = await loadCertificate(directory);

    const second = await loadCertificate(directory);

    expect(second).toEqual(first);
    expect(second.caFile).toBe(join(directory, 'ca.pem'));
    expect(await readFile(join(directory, 'ca.pem'), 'utf8')).toBe(second.caPem);
    expect((await stat(join(directory, 'server-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
  });

  it('names no file when nothing is kept', async () => {
    const certificate = await loadCertificate(null);

    expect(certificate).not.toHaveProperty('caFile');
  });

  it('is renewed by the same CA within 30 days of its end, not before', async () => {
    const first = await loadCertificate(directory);

    const early = await loadCertificate(directory, Date.now() + 334 * DAY_MS);
    const late = await loadCertificate(directory, Date.now() + 336 * DAY_MS);

    expect(early.cert).toBe(first.cert);
    expect(late.cert).not.toBe(first.cert);
    expect(late.caPem).toBe(first.caPem);
    expect(new X509Certificate(late.cert).verify(new X509Certificate(first.caPem).publicKey)).toBe(true);
  });

  it('never outlives its CA, and gets a new one when that ends', async () => {
    const first = await loadCertificate(directory);
    const end = Date.parse(new X509Certificate(first.caPem).validTo);

    const last = await loadCertificate(directory, end - 100 * DAY_MS);
    const next = await loadCertificate(directory, end - 20 * DAY_MS);

    expect(Date.parse(new X509Certificate(last.cert).validTo)).toBe(end);
    expect(next.caPem).not.toBe(first.caPem);
  });

  it.each(['server.pem', 'server-key.pem', 'ca.pem', 'ca-key.pem'])(
    'is made anew when %s is damaged',
    async (file) => {
      await loadCertificate(directory);
      await writeFile(join(directory, file), 'damaged');

      const { key, cert, caPem } = await loadCertificate(directory);

      expect(new X509Certificate(cert).verify(new X509Certificate(caPem).publicKey)).toBe(true);
      expect(await loadCertificate(directory)).toMatchObject({ key, cert, caPem });
    },
  );

  it('is made anew when the CA beside it is another', async () => {
    const other = join(directory, 'other');
    await loadCertificate(directory);
    const { caPem } = await loadCertificate(other);
    for (const file of ['ca.pem', 'ca-key.pem']) {
      await copyFile(join(other, file), join(directory, file));
    }

    const { cert } = await loadCertificate(directory);

    expect(new X509Certificate(cert).verify(new X509Certificate(caPem).publicKey)).toBe(true);
  });

  it('says which directory cannot be written', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');

    const loading = loadCertificate(join(file, 'below'));

    await expect(loading).rejects.toThrow(StartFailure);
    await expect(loading).rejects.toThrow(`${join(file, 'below')} (ENOTDIR)`);
  });

  it('leaves no trace of the metadata readers it lends its library', async () => {
    await loadCertificate(null);

    expect('getMetadata' in Reflect).toBe(false);
  });
});
