/** How fast a voice speaks. Each reads it when it begins a text: a change is heard in the next one. */
export interface SpeechRate {
  /** 1: the pace that is configured; 1.15 is faster, 0.87 slower. */
  factor: number;
}

/** What every engine can do and a listener can follow. */
export const SPEECH_RATE_LIMITS = { min: 0.5, max: 2 } as const;
