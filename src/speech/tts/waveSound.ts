/** Mono sound read from a WAVE file. */
export interface WaveSound {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

const LINEAR_PCM = 1;

/**
 * The sound of a WAVE file as speech engines write it: mono, signed 16 bit. A `data` chunk that claims more than there
 * is (a stream's header is written before its length is known) ends with the file.
 * @throws {RangeError} when the bytes are something else
 */
export function readWaveSound(file: Uint8Array): WaveSound {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tag = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new RangeError('not a WAVE file');
  let sampleRateHz: number | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ' && body + 16 <= file.length) {
      const [format, channels, bits] = [0, 2, 14].map((offset) => view.getUint16(body + offset, true));
      if (format !== LINEAR_PCM || channels !== 1 || bits !== 16) throw new RangeError('not mono 16-bit PCM');
      sampleRateHz = view.getUint32(body + 4, true);
    } else if (tag(at) === 'data' && sampleRateHz !== undefined) {
      const count = Math.floor(Math.min(size, file.length - body) / 2);
      const samples = new Float32Array(count);
      for (let i = 0; i < count; i++) samples[i] = view.getInt16(body + 2 * i, true) / 32_768;
      return { samples, sampleRateHz };
    }
    at = body + size + (size % 2);
  }
  throw new RangeError('a WAVE file without sound');
}
