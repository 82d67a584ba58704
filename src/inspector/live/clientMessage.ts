import { z } from 'zod';
import type { ClientMessage } from '../protocol.js';

/** The longest question that can be configured, in any script. */
const MAX_MESSAGE_BYTES = 65_536;

const messageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('watch'), trace: z.boolean(), health: z.boolean(), words: z.boolean() }),
  z.strictObject({ type: z.literal('button'), pressed: z.boolean() }),
  z.strictObject({ type: z.literal('command'), command: z.enum(['mute', 'unmute', 'cancel']) }),
  z.strictObject({ type: z.literal('ask'), question: z.string() }),
  z.strictObject({
    type: z.literal('volume'),
    percent: z.number().min(0).max(100).exactOptional(),
    isMuted: z.boolean().exactOptional(),
  }),
  z.strictObject({ type: z.literal('doctor') }),
]) satisfies z.ZodType<ClientMessage>;

/** What a page has sent; undefined: it is none of what a page sends. */
export function clientMessage(data: unknown, isBinary: boolean): ClientMessage | undefined {
  if (isBinary || !Buffer.isBuffer(data) || data.length > MAX_MESSAGE_BYTES) return undefined;
  try {
    return messageSchema.safeParse(JSON.parse(data.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
