/** How one sample is stored in a WAV file: little endian; 8 bit is unsigned, the other integers signed. */
export type SampleEncoding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'float64';

/** A block of decoded sound. */
export interface DecodedBlock {
  /** Mono, [-1, 1) for integers; floats as they are. */
  readonly samples: Float32Array;
  /** Samples that were NaN or infinite and have become 0. */
  readonly notFinite: number;
}

/** Mono float samples of interleaved frames: the mean of the channels. A frame that is not whole is left out. */
export function decodeFrames(bytes: Buffer, encoding: SampleEncoding, channels: number): DecodedBlock {
  const { bytesPerSample, read } = decoders[encoding];
  const samples = new Float32Array(Math.floor(bytes.length / (bytesPerSample * channels)));
  let notFinite = 0;
  let at = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const x = read(bytes, at);
      // Math.fround: a 64-bit float may be finite and still not fit into 32 bit.
      if (Number.isFinite(Math.fround(x))) sum += x;
      else notFinite++;
      at += bytesPerSample;
    }
    samples[frame] = sum / channels;
  }
  return { samples, notFinite };
}

interface SampleDecoder {
  readonly bytesPerSample: number;
  read(bytes: Buffer, at: number): number;
}

const decoders: Record<SampleEncoding, SampleDecoder> = {
  pcm8: { bytesPerSample: 1, read: (bytes, at) => (bytes.readUInt8(at) - 128) / 128 },
  pcm16: { bytesPerSample: 2, read: (bytes, at) => bytes.readInt16LE(at) / 0x8000 },
  pcm24: { bytesPerSample: 3, read: (bytes, at) => bytes.readIntLE(at, 3) / 0x80_0000 },
  pcm32: { bytesPerSample: 4, read: (bytes, at) => bytes.readInt32LE(at) / 0x8000_0000 },
  float32: { bytesPerSample: 4, read: (bytes, at) => bytes.readFloatLE(at) },
  float64: { bytesPerSample: 8, read: (bytes, at) => bytes.readDoubleLE(at) },
};
