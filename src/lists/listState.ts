import { z } from 'zod';

export const LISTS = ['shopping', 'to-do'] as const;
export type ListName = (typeof LISTS)[number];

export const MAX_ITEM_LENGTH = 120;

/** More than a list takes: two processes may each have found room for the last item. */
const items = z.array(z.string().min(1).max(MAX_ITEM_LENGTH)).max(1000);

/** What a file of lists holds. */
export const listState = z.object({ version: z.literal(1), shopping: items, 'to-do': items });
export type ListState = z.infer<typeof listState>;
