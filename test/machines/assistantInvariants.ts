import { AssertionError } from 'node:assert/strict';
import { createAssistantMachine } from '../../machines/assistant.js';
import { statesOf } from '../../src/observability/statechartTransitions.js';
import { JOBS } from './assistantFakes.js';
import type { AssistantRig } from './assistantRig.js';

/** States that no delay of their own ends, and why that is right. */
export const RESTING: Readonly<Record<string, string>> = {
  'turn.idle.ready': 'nobody wants anything; forgetting the conversation does not end that',
  'turn.listening.button.up': 'ends with listening, whatever the user says or does not say',
  'turn.listening.button.held': 'likewise',
  'turn.muted': 'the owner said so, and only the owner ends it',
  'microphone.ok': 'it works',
  'speaker.ok': 'it works',
  'bell.silent': 'nothing is due',
  'model.ready': 'it answers; the next turn that fails says otherwise',
};

/** States whose delay acts and does not end them: it may be over. */
const FORGETS = ['turn.idle.ready', 'turn.muted'];

/** What the chart says of one of its states. */
interface ChartState {
  readonly path: string;
  readonly delays: number;
  readonly invokes: readonly string[];
}

const CHART: ReadonlyMap<string, ChartState> = new Map(
  [...statesOf(createAssistantMachine().root)].map((node) => [
    node.id,
    {
      path: node.path.join('.'),
      delays: new Set(node.after.map(({ delay }) => delay)).size,
      invokes: node.invoke.map(({ src }) => String(src)),
    },
  ]),
);

/** All that the chart has active, added up. */
interface Active {
  readonly paths: ReadonlySet<string>;
  readonly delays: number;
  readonly invokes: ReadonlySet<string>;
}

function activeIn(rig: AssistantRig): Active {
  const paths = new Set<string>();
  const invokes = new Set<string>();
  let delays = 0;
  for (const { id } of rig.actor.getSnapshot()._nodes) {
    const state = CHART.get(id);
    if (state === undefined) throw new Error(`the chart has no state ${id}`);
    paths.add(state.path);
    delays += state.delays;
    for (const name of state.invokes) invokes.add(name);
  }
  return { paths, delays, invokes };
}

/**
 * What must hold whatever has happened.
 * @param way how it came to be so, for whoever reads of a failure
 * @throws AssertionError
 */
export function assertSound(rig: AssistantRig, way: () => string): void {
  const wrong = wrongWith(rig);
  if (wrong !== undefined) throw new AssertionError({ message: `${wrong}\n${way()}`, stackStartFn: assertSound });
}

function wrongWith(rig: AssistantRig): string | undefined {
  if (rig.rootError !== undefined) return `the statechart has failed: ${rig.rootError}`;
  const [mistake] = rig.mistakes;
  if (mistake !== undefined) return `the statechart makes a mistake: ${mistake}`;
  const active = activeIn(rig);
  return wrongTurn(rig, active) ?? wrongSound(rig, active) ?? wrongActors(rig, active) ?? wrongWaits(rig, active);
}

/** One turn where one belongs, none elsewhere, and the chart is where that turn is. */
function wrongTurn({ runningTurn, turns, actor, clock, delays }: AssistantRig, { paths }: Active): string | undefined {
  const { context, children } = actor.getSnapshot();
  const without = paths.has('turn.starting') || paths.has('turn.idle') || paths.has('turn.muted');
  if (without !== (runningTurn === undefined)) return without ? 'a turn runs at rest' : 'no turn runs';
  if (without === context.turnRunning) return `turnRunning is ${context.turnRunning}`;
  if (without !== (children['turn'] === undefined)) return 'the turn that runs is not the chart’s';
  if (runningTurn === undefined) return undefined;
  if (runningTurn !== turns.at(-1)) return `${runningTurn.id} runs, and it is not the last`;
  const { isCommitted, isTalking, duckedAtMs, isOver } = runningTurn;
  if (isOver) return `${runningTurn.id} is over and runs`;
  if (isTalking !== paths.has('turn.speaking')) return isTalking ? 'it talks unknown to the chart' : 'nobody speaks';
  if (isCommitted !== (paths.has('turn.thinking') || isTalking)) {
    return isCommitted ? 'it listens to a turn that replies' : 'it waits for a turn that was not told to reply';
  }
  const isDucked = duckedAtMs !== undefined;
  if (isDucked && clock.now() - duckedAtMs > delays.verifyMs) return 'the reply is ducked for too long';
  if (isDucked !== paths.has('turn.speaking.verifyingInterruption')) {
    return isDucked ? 'the reply is ducked for nothing' : 'the reply is as loud as ever while it is verified';
  }
  return undefined;
}

/** It never listens while it talks, and never hears while it is muted. */
function wrongSound({ actor, isDeaf }: AssistantRig, { paths }: Active): string | undefined {
  const snapshot = actor.getSnapshot();
  const talks = snapshot.hasTag('speaking') || snapshot.hasTag('thinking');
  const isKnown = paths.has('turn.speaking.verifyingInterruption');
  if (talks && !isKnown && snapshot.hasTag('microphoneOpen')) return 'it listens while it talks';
  if (isDeaf !== paths.has('turn.muted')) return isDeaf ? 'it is deaf and not muted' : 'it is muted and hears';
  return undefined;
}

/** Whatever the active states invoke runs, and nothing else does. */
function wrongActors({ actor, jobs, wakeWatch, runningTurn }: AssistantRig, { invokes }: Active): string | undefined {
  for (const job of JOBS) {
    if (jobs[job].running !== invokes.has(job)) return `${job} ${jobs[job].running ? 'runs' : 'does not run'}`;
  }
  if (wakeWatch.running !== invokes.has('wakeWatch')) return 'the wake word is watched for at the wrong time';
  const children = Object.keys(actor.getSnapshot().children);
  const expected = invokes.size + (runningTurn === undefined ? 0 : 1);
  return children.length === expected ? undefined : `there are other actors: ${children}`;
}

/** Every wait has an end, and nobody waits for what is over. */
function wrongWaits({ clock }: AssistantRig, { paths, delays }: Active): string | undefined {
  const forgotten = FORGETS.some((path) => paths.has(path)) ? 1 : 0;
  if (clock.waiting < delays - forgotten) return `only ${clock.waiting} of ${delays} delays have an end`;
  if (clock.waiting > delays) return `${clock.waiting} timers wait for ${delays} delays`;
  return undefined;
}
