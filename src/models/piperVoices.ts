import type { Checksum, Model } from './catalogue.js';

/**
 * Piper voices, from their public home. Sizes and `md5` hashes are those of the publisher's own index (`voices.json`);
 * `sha256` hashes are given where several independent public projects record the same one.
 */
const HOME = 'https://huggingface.co/rhasspy/piper-voices/resolve';
const REVISION = 'c10ece1aade47bb51c153c893d14e5bf8e5b7117';

/** Most voices were trained further from `lessac`, whose recordings are licensed for research only. */
const FROM_LESSAC = 'trained from lessac (research only)';

interface PiperVoice {
  /** `language_REGION-speaker-quality`: also the name of its folder and files. */
  readonly id: string;
  readonly licence: string;
  readonly description: string;
  readonly onnxBytes: number;
  readonly onnx: Checksum;
  readonly configBytes: number;
  readonly config: Checksum;
}

const sha256 = (hex: string): Checksum => ({ algorithm: 'sha256', hex });
const md5 = (hex: string): Checksum => ({ algorithm: 'md5', hex });

function piperVoice(voice: PiperVoice): Model {
  const [locale = '', speaker = '', quality = ''] = voice.id.split('-');
  const folder = `${HOME}/${REVISION}/${locale.slice(0, 2)}/${locale}/${speaker}/${quality}`;
  const onnx = `${voice.id}.onnx`;
  const config = `${onnx}.json`;
  return {
    id: voice.id,
    purpose: 'voice',
    language: locale.replace('_', '-'),
    licence: voice.licence,
    description: voice.description,
    files: [
      { name: onnx, bytes: voice.onnxBytes, checksum: voice.onnx },
      { name: config, bytes: voice.configBytes, checksum: voice.config },
    ],
    sources: [{ kind: 'url', files: { [onnx]: `${folder}/${onnx}`, [config]: `${folder}/${config}` } }],
  };
}

const voices: readonly PiperVoice[] = [
  {
    id: 'en_US-ljspeech-medium',
    licence: 'public domain recordings (LJ Speech)',
    description: 'Piper, American English, female, 22 kHz; the English voice with the freest licence',
    onnxBytes: 63_531_379,
    onnx: md5('109d552e9dd78d92d1169a7edd6de38d'),
    configBytes: 4_972,
    config: md5('0668112b8b3ac5bb4b12c2b1a366776a'),
  },
  {
    id: 'en_US-amy-low',
    licence: 'see MODEL_CARD (Mimic 3 recordings, CC BY-SA 4.0; trained from a non-commercial voice)',
    description: 'Piper, American English, female, 16 kHz; fast',
    onnxBytes: 63_104_526,
    onnx: sha256('a5a91abb7de0f104358a25aded480ddacf1ff0762886325886ec406a2e86aab3'),
    configBytes: 4_164,
    config: sha256('2250a9a605b8dc35a116717fadc5056695dd809e34a15d02f72a0f52d53d3ebb'),
  },
  {
    id: 'en_US-amy-medium',
    licence: `see MODEL_CARD (Mimic 3 recordings, CC BY-SA 4.0; ${FROM_LESSAC})`,
    description: 'Piper, American English, female, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('b3a6e47b57b8c7fbe6a0ce2518161a50f59a9cdd8a50835c02cb02bdd6206c18'),
    configBytes: 4_882,
    config: sha256('95a23eb4d42909d38df73bb9ac7f45f597dbfcde2d1bf9526fdeaf5466977d77'),
  },
  {
    id: 'en_US-lessac-low',
    licence: 'Blizzard 2013 Lessac licence: research only',
    description: 'Piper, American English, female, 16 kHz; fast',
    onnxBytes: 63_201_294,
    onnx: sha256('f7d01dde371555732c4c314111ac79672b1a5ce2fc19266ab42178fd8df7f375'),
    configBytes: 4_882,
    config: sha256('45754dfdebb3b8661c3fc564713772deec6e064feeb5b4e9594857dc7305193a'),
  },
  {
    id: 'en_US-lessac-medium',
    licence: 'Blizzard 2013 Lessac licence: research only',
    description: 'Piper, American English, female, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('5efe09e69902187827af646e1a6e9d269dee769f9877d17b16b1b46eeaaf019f'),
    configBytes: 4_885,
    config: sha256('efe19c417bed055f2d69908248c6ba650fa135bc868b0e6abb3da181dab690a0'),
  },
  {
    id: 'de_DE-thorsten-medium',
    licence: `CC0 recordings; ${FROM_LESSAC}`,
    description: 'Piper, German, male, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('7e64762d8e5118bb578f2eea6207e1a35a8e0c30595010b666f983fc87bb7819'),
    configBytes: 4_819,
    config: sha256('974adee790533adb273a1ac88f49027d2a1b8f0f2cf4905954a4791e79264e85'),
  },
  {
    id: 'es_ES-davefx-medium',
    licence: `CC0 recordings; ${FROM_LESSAC}`,
    description: 'Piper, Spanish, male, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('6658b03b1a6c316ee4c265a9896abc1393353c2d9e1bca7d66c2c442e222a917'),
    configBytes: 4_817,
    config: sha256('0e0dda87c732f6f38771ff274a6380d9252f327dca77aa2963d5fbdf9ec54842'),
  },
  {
    id: 'fr_FR-siwis-medium',
    licence: `CC BY 4.0 recordings (SIWIS); ${FROM_LESSAC}`,
    description: 'Piper, French, female, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('641d1ab097da2b81128c076810edb052b385decc8be3381814802a64a73baf99'),
    configBytes: 4_875,
    config: sha256('39479916c2db192b5ac9764daddd0c744d83e023ad890c6976c0633ae4df8959'),
  },
  {
    id: 'it_IT-paola-medium',
    licence: `CC0 recordings; ${FROM_LESSAC}`,
    description: 'Piper, Italian, female, 22 kHz',
    onnxBytes: 63_511_038,
    onnx: sha256('6fc918b5a0ea6137382833dddfa567bffbe6a5060c02043c87192ee59c04210c'),
    configBytes: 7_099,
    config: sha256('aea19c0a7fce29fbc359b93f10e7902854401e4c95ae2ea328ae516b15d296cf'),
  },
  {
    id: 'pt_BR-faber-medium',
    licence: `CC0 recordings; ${FROM_LESSAC}`,
    description: 'Piper, Brazilian Portuguese, male, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('858555e3a064209c57088fe6bd70c4c3dc54d03eaa00c45d5ecaf43a33f95aa7'),
    configBytes: 4_855,
    config: sha256('7e694de195ae3fc36dd732c445eb04fb49b649854893cb5506b978f0d50a1d6f'),
  },
  {
    id: 'hi_IN-pratham-medium',
    licence: 'CC BY-NC-SA 4.0: not for commercial use',
    description: 'Piper, Hindi, male, 22 kHz',
    onnxBytes: 63_516_050,
    onnx: md5('f1e5a629a9e533a7155910530109eb86'),
    configBytes: 4_970,
    config: md5('ab655cdad90f1939f00d1b3aaf440e99'),
  },
  {
    id: 'zh_CN-huayan-medium',
    licence: 'see MODEL_CARD',
    description: 'Piper, Mandarin Chinese, female, 22 kHz',
    onnxBytes: 63_201_294,
    onnx: sha256('9929917bf8cabb26fd528ea44d3a6699c11e87317a14765312420be230be0f3d'),
    configBytes: 4_822,
    config: sha256('d521dc45504a8ccc99e325822b35946dd701840bfb07e3dbb31a40929ed6a82b'),
  },
];

export const piperVoices: readonly Model[] = voices.map(piperVoice);
