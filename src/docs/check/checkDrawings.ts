import { createAssistantMachine } from '../../../machines/assistant.js';
import { mermaidOf } from '../../observability/statechartDiagram.js';
import { codeBlocksOf, type Document } from './document.js';
import type { Finding } from './finding.js';

/** Finds drawings of the assistant's statechart that are not what `pressel machine` prints. */
export function checkDrawings(document: Document): Finding[] {
  const drawings = statecharts(document);
  if (drawings.length === 0) return [];
  const drawing = mermaidOf(createAssistantMachine()).split('\n');
  return drawings.flatMap(({ text, line }) => {
    const drawn = text.split('\n');
    const wrong = drawn.findIndex((row, index) => row !== drawing[index]);
    const at = wrong >= 0 ? wrong : drawn.length < drawing.length - 1 ? drawn.length - 1 : -1;
    if (at < 0) return [];
    return [
      {
        file: document.file,
        line: line + at,
        what: 'not the drawing that "npx pressel machine" prints: put that here',
      },
    ];
  });
}

/** Blocks that draw the assistant as a whole. */
export function statecharts(document: Document) {
  return codeBlocksOf(document, 'mermaid').filter(({ text }) => text.includes('state "assistant" as assistant'));
}
