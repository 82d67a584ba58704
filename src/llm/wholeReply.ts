import { z } from 'zod';

const lineSchema = z.looseObject({
  message: z.looseObject({
    content: z.string().nullish(),
    thinking: z.string().optional(),
    tool_calls: z.array(z.unknown()).nullish(),
  }),
});

/**
 * The lines of a chat answer as the one document that was asked for: a server that streams although it was asked not to
 * would otherwise be no model server at all.
 * @param lines as `chatLines` gives them
 */
export async function* wholeReply(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let content = '';
  let last: z.infer<typeof lineSchema> | undefined;
  const calls: unknown[] = [];
  for await (const line of lines) {
    last = lineSchema.parse(JSON.parse(Buffer.from(line).toString('utf8')));
    content += last.message.content ?? '';
    calls.push(...(last.message.tool_calls ?? []));
  }
  if (!last) return;
  const message = { ...last.message, content, ...(calls.length > 0 && { tool_calls: calls }) };
  yield Buffer.from(`${JSON.stringify({ ...last, message })}\n`);
}
