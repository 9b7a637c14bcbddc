// A stand-in for a KMS adapter: speaks the protocol of `ISTHMUS_KEK=command` with an AES-256-GCM key of its own.
// The first argument is the key (64 hex digits), the second what it does wrong.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , hex, fault = 'none', log] = process.argv;
const key = Buffer.from(hex, 'hex');
if (log) appendFileSync(log, `${process.pid} ${process.env.ISTHMUS_KEK_SECRET ?? '-'}\n`);

function work({ op, context, data }) {
  const bytes = Buffer.from(data, 'base64');
  if (op === 'wrap') {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (fault === 'silent') continue;
  if (fault === 'dies') process.exit(7);
  if (fault === 'babbles') process.stdout.write('ready to serve\n');
  try {
    const data = fault === 'lies' ? randomBytes(32) : work(request);
    process.stdout.write(`${JSON.stringify({ id: request.id, data: data.toString('base64') })}\n`);
  } catch {
    process.stdout.write(`${JSON.stringify({ id: request.id, error: 'DECRYPT_FAILED' })}\n`);
  }
  if (fault === 'once') process.exit(0);
}
