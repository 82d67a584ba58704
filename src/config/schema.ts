import { z } from 'zod';
import { catalogue } from '../models/catalogue.js';
import { assistantSettings } from './assistantSettings.js';
import { audioSettings } from './audioSettings.js';
import { buttonSettings } from './buttonSettings.js';
import { decimal, flag, keepAlive, oneOf, text, textThat, whole } from './fieldKinds.js';
import { homeAssistantSettings } from './homeAssistantSettings.js';
import { inspectorSettings } from './inspectorSettings.js';
import { ledSections } from './ledSections.js';
import { mqttSettings } from './mqttSettings.js';
import { skillSettings } from './skillSettings.js';
import { updateSettings } from './updateSettings.js';
import { parseVoice } from './voiceSetting.js';
import { wakeSettings } from './wakeSettings.js';

const recognizers = catalogue.filter((model) => model.purpose === 'asr').map((model) => model.id);

/**
 * Every setting there is: section and key as in the file, with its default, its range and unit, and its meaning. A section
 * with a dot in its name is a table within a table: `[skills.mqtt]`.
 */
export const configSchema = z.strictObject({
  vad: z
    .strictObject({
      threshold: decimal({ min: 0.01, max: 0.99 })
        .default(0.5)
        .describe('A frame of at least this speech probability is speech.'),
      negative_threshold: decimal({ min: 0, max: 0.98 })
        .default(0.35)
        .describe('Speech that has begun goes on until the probability falls below this; must be under threshold.'),
      min_speech_ms: whole({ min: 0, max: 5000, unit: 'ms' })
        .default(96)
        .describe('Shorter bursts are taken for noise.'),
      pre_roll_ms: whole({ min: 0, max: 2000, unit: 'ms' })
        .default(300)
        .describe('Audio kept from before the detector noticed speech, so that the first consonant is not lost.'),
    })
    .refine((vad) => vad.negative_threshold < vad.threshold, {
      error: 'a number below vad.threshold',
      path: ['negative_threshold'],
    })
    .describe('What of the sound counts as speech. The usual reason to change it is a noisy room.'),
  endpointing: z
    .strictObject({
      patience: oneOf(['adaptive', 'fixed'])
        .default('adaptive')
        .describe(
          '"adaptive": as long as the words so far and your usual pauses call for; "fixed": silence_ms, always.',
        ),
      end_of_turn: oneOf(['words', 'smart-turn'])
        .default('words')
        .describe(
          'What tells whether you have finished (adaptive). "words": what you said; "smart-turn": how you said it, by a model of 9 MB.',
        ),
      silence_ms: whole({ min: 100, max: 5000, unit: 'ms' })
        .default(600)
        .describe('So much silence ends the turn (fixed). Less answers sooner and interrupts more.'),
      unclear_silence_ms: whole({ min: 100, max: 5000, unit: 'ms' })
        .default(1080)
        .describe(
          'So much silence ends the turn where the words do not decide, and while there is no reply yet (adaptive).',
        ),
      finished_silence_ms: whole({ min: 100, max: 5000, unit: 'ms' })
        .default(250)
        .describe('So much silence ends what sounds finished, once there is a reply: a question, an order (adaptive).'),
      unfinished_silence_ms: whole({ min: 100, max: 5000, unit: 'ms' })
        .default(1500)
        .describe('So much silence ends what sounds unfinished: "turn on the" (adaptive).'),
      reopen_ms: whole({ min: 0, max: 5000, unit: 'ms' })
        .default(1000)
        .describe('Who goes on so soon after the end, before the reply is heard, was not finished; 0: has finished.'),
      max_utterance_ms: whole({ min: 1000, max: 300_000, unit: 'ms' })
        .default(30_000)
        .describe('A turn is ended here even if the user still speaks.'),
      no_speech_ms: whole({ min: 500, max: 60_000, unit: 'ms' })
        .default(6000)
        .describe('Listening stops when nobody has spoken for so long.'),
    })
    .refine(({ patience, end_of_turn }) => patience === 'adaptive' || end_of_turn === 'words', {
      error: '"words", as endpointing.patience is "fixed"',
      path: ['end_of_turn'],
    })
    .describe('When a question is over. Cut off too often: more silence; answered too late: less.'),
  speculation: z
    .strictObject({
      max_attempts: whole({ min: 0, max: 10 })
        .default(3)
        .describe('So often a reply is begun at a pause, before it is known that you have finished; 0: never.'),
      max_speech_ms: whole({ min: 0, max: 300_000, unit: 'ms' })
        .default(10_000)
        .describe('None is begun once you have spoken for so long.'),
      prefill: flag()
        .default(true)
        .describe('Whether the chat model reads your question while you are still speaking.'),
    })
    .describe(
      'A reply is begun before it is known that you have finished, and thrown away if you go on: it costs computing and saves waiting.',
    ),
  asr: z
    .strictObject({
      model: textThat(`one of ${recognizers.map((id) => `"${id}"`).join(', ')}`, (id) => recognizers.includes(id))
        .default('moonshine-tiny-en')
        .describe('The speech recognition model.'),
      while_speaking: flag()
        .default(true)
        .describe(
          'Whether words are recognised while you speak, and not only when you pause; takes one core meanwhile.',
        ),
      padding_ms: whole({ min: 0, max: 2000, unit: 'ms' })
        .default(200)
        .describe('Silence added on both sides of an utterance; the model misses words at bare edges.'),
      tokens_per_second: decimal({ min: 1, max: 50, unit: 'tokens/s' })
        .default(6.5)
        .describe('Bound on the length of a transcript: the model may repeat itself on noise.'),
    })
    .describe('Speech recognition.'),
  llm: z
    .strictObject({
      url: textThat('an http:// or https:// address', isHttpUrl)
        .default('http://127.0.0.1:11434')
        .describe('Where Ollama listens.'),
      model: text('the name of a model on the server')
        .default('qwen2.5:0.5b')
        .describe(
          'The chat model. One of this size should write faster than it is spoken (3.3 tokens/s) on a Raspberry Pi 4 too.',
        ),
      streaming: flag().default(true).describe('Speak while the reply is still being written.'),
      tools: oneOf(['auto', 'off'])
        .default('auto')
        .describe('Whether the model may use skills by itself, such as timers; auto: if it is one that can.'),
      keep_alive: keepAlive().default(-1).describe('How long the server keeps the model loaded after a reply.'),
      connect_timeout_ms: whole({ min: 100, max: 60_000, unit: 'ms' })
        .default(2000)
        .describe('The server must accept the connection in this time.'),
      first_token_timeout_ms: whole({ min: 500, max: 600_000, unit: 'ms' })
        .default(60_000)
        .describe('The reply must begin in this time; loading a model from an SD card counts.'),
      token_timeout_ms: whole({ min: 500, max: 600_000, unit: 'ms' })
        .default(10_000)
        .describe('Each further token must come in this time.'),
      max_reply_tokens: whole({ min: 8, max: 8192, unit: 'tokens' })
        .default(256)
        .describe('A reply is cut here (num_predict): about a minute of speech.'),
      context_tokens: whole({ min: 256, max: 131_072, unit: 'tokens' })
        .default(2048)
        .describe('What the model can look back on (num_ctx); costs memory.'),
      batch_tokens: whole({ min: 8, max: 2048, unit: 'tokens' })
        .default(64)
        .describe('Prompt tokens computed in one go (num_batch). An abort waits for the running batch: keep it small.'),
      threads: whole({ min: 1, max: 64 })
        .optional()
        .describe('Threads of the model (num_thread); unset: 3 on a computer of 4 cores, else as the server decides.'),
      temperature: decimal({ min: 0, max: 2 })
        .default(0.6)
        .describe('0 always says the most likely; more is livelier.'),
      max_question_chars: whole({ min: 50, max: 100_000, unit: 'characters' })
        .default(4000)
        .describe('Longer questions are refused: they would not fit the context.'),
    })
    .describe('The chat model, which Ollama runs on this computer or on another one of the house.'),
  tts: z
    .strictObject({
      voice: textThat(
        '"flite:NAME", "espeak-ng:LANGUAGE", "piper:/path/to/voice.onnx" or the id of a voice ("pressel models list")',
        (voice) => parseVoice(voice) !== undefined,
      )
        .default('flite:rms')
        .describe('The voice. The default ships with the program.'),
      speaker: whole({ min: 0, max: 10_000 }).optional().describe('Which speaker of a Piper voice that has several.'),
      length_scale: decimal({ min: 0.25, max: 4 })
        .optional()
        .describe('Slower above 1, faster below; unset: as the voice was made.'),
      threads: whole({ min: 1, max: 64 })
        .optional()
        .describe('Threads of a Piper voice; unset: all cores but one, at most 3.'),
      sentence_pause_ms: whole({ min: 0, max: 3000, unit: 'ms' })
        .default(350)
        .describe('Silence after a sentence, whatever the voice itself leaves.'),
    })
    .describe('The voice.'),
  chunking: z
    .strictObject({
      first_clause: flag().default(true).describe('Begin to speak at the first clause instead of the first sentence.'),
      idle_flush_ms: whole({ min: 0, max: 10_000, unit: 'ms' })
        .default(150)
        .describe('A finished sentence is released after so long without a token that would prove it finished.'),
    })
    .describe('How a reply that is still being written is cut into pieces to speak.'),
  assistant: assistantSettings,
  conversation: z
    .strictObject({
      remember: flag()
        .default(true)
        .describe('Whether a restart or a power cut leaves the conversation as it was; if not, the disk holds none.'),
      follow_up_ms: whole({ min: 0, max: 60_000, unit: 'ms' })
        .default(8000)
        .describe('The microphone stays open for so long after a reply; 0: never.'),
      forget_after_ms: whole({ min: 0, max: 86_400_000, unit: 'ms' })
        .default(600_000)
        .describe('A pause so long begins a new conversation; the old one is erased.'),
      history_messages: whole({ min: 0, max: 1000, unit: 'messages' })
        .default(16)
        .describe('Messages of the conversation that the model is shown, if the context has room for them.'),
    })
    .describe('What it remembers, and how long it listens after a reply.'),
  audio: audioSettings,
  button: buttonSettings,
  wake: wakeSettings,
  skills: skillSettings,
  'skills.mqtt': mqttSettings,
  'skills.home_assistant': homeAssistantSettings,
  inspector: inspectorSettings,
  ...ledSections,
  log: z
    .strictObject({
      level: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
        .default('info')
        .describe('The least important kind of message that is written.'),
      format: oneOf(['auto', 'json', 'pretty'])
        .default('auto')
        .describe('"auto": for people on a terminal, else JSON.'),
    })
    .describe('What is written about its work: to the journal as a service, else to the terminal.'),
  models: z
    .strictObject({
      folder: z
        .string({ error: 'the path of a folder' })
        .default('')
        .describe("Where models are kept; empty: PRESSEL_MODELS, else the user's data folder."),
    })
    .describe('Where the models for hearing and speaking are; the chat model is kept by Ollama.'),
  update: updateSettings,
  locale: z
    .strictObject({
      language: textThat('a language tag such as "en-US"', isLanguageTag)
        .default('en-US')
        .describe('How dates, times and numbers are spoken, and what the chat model speaks when in doubt.'),
      time_zone: textThat('a time zone such as "Europe/Berlin", or nothing', isTimeZone)
        .default('')
        .describe("Empty: the system's."),
      clock: oneOf(['auto', '12h', '24h']).default('auto').describe('"auto": as the language does it.'),
    })
    .describe('Language and time.'),
});

/** The configuration as written in a file. */
export type RawConfig = z.output<typeof configSchema>;

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isLanguageTag(value: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(value).length > 0;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  if (value === '') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
