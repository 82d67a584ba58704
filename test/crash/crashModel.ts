import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededNumbers } from '../../src/bench/sim/seededNumbers.js';
import type { Model } from '../../src/models/catalogue.js';

const SIZES = { 'voice.onnx': 6_000_000, 'tokens.bin': 1_500_000, 'voice.json': 2_000 } as const;

/** Content that differs everywhere, the same each time: half of one file and half of another is seen. */
export const CONTENTS: ReadonlyMap<string, Buffer> = new Map(
  Object.entries(SIZES).map(([name, bytes], i) => {
    const random = seededNumbers(i + 1);
    return [name, Buffer.from(Uint8Array.from({ length: bytes }, () => random() * 256))];
  }),
);

/** A model of three files, which a server has at `base`. */
export function crashModel(base: string): Model {
  const files = [...CONTENTS].map(([name, content]) => {
    const hex = createHash('sha256').update(content).digest('hex');
    return { name, bytes: content.length, checksum: { algorithm: 'sha256', hex } as const };
  });
  const urls = Object.fromEntries(files.map(({ name }) => [name, `${base}/${name}`]));
  const sources = [{ kind: 'url' as const, files: urls }];
  return { id: 'voice-a', purpose: 'voice', language: 'en', licence: 'none', description: 'test', files, sources };
}

/** A folder from which it can be copied. */
export function writeCrashModel(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of CONTENTS) writeFileSync(path.join(folder, name), content);
}
