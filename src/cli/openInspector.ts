import path from 'node:path';
import type { Clock } from '../../hardware/clock.js';
import type { LedShow } from '../../hardware/leds/ledShow.js';
import { firmwareThrottling } from '../appliance/firmwareThrottling.js';
import { computerHealth } from '../appliance/systemStatus.js';
import type { VoiceFile } from '../appliance/voiceFile.js';
import { Access } from '../inspector/http/access.js';
import { AccessToken, TOKEN_FILE } from '../inspector/http/accessToken.js';
import { isLoopback } from '../inspector/http/hostNames.js';
import { InspectorServer } from '../inspector/http/inspectorServer.js';
import { type PageFile, readPageFiles } from '../inspector/http/pageFiles.js';
import { pageAddresses } from '../inspector/http/pageLinks.js';
import { keepListening } from '../inspector/keepListening.js';
import { applianceHealth } from '../inspector/live/applianceHealth.js';
import { DoctorDesk } from '../inspector/live/doctorDesk.js';
import { LiveHub } from '../inspector/live/liveHub.js';
import { WallTime } from '../inspector/live/wallTime.js';
import { madeAnswer } from '../inspector/madeAnswers.js';
import type { Log } from '../observability/log.js';
import { LoopDelay } from '../observability/loopDelay.js';
import { Metrics } from '../observability/metrics.js';
import type { ModelNames } from '../observability/slowModels.js';
import type { Closing } from './closing.js';
import type { InspectorTaps } from './inspectorTaps.js';
import type { OpenedAppliance } from './openAppliance.js';
import { packageFile } from './packageFile.js';
import { packageVersion } from './packageVersion.js';
import { type RunningParts, runningChecks } from './runningChecks.js';

const MS_PER_S = 1_000;

export interface InspectorParts extends RunningParts {
  readonly appliance: OpenedAppliance;
  /** The folder of the program's state. */
  readonly state: string;
  readonly leds: LedShow;
  readonly voiceFile: VoiceFile;
  readonly hasButton: boolean;
  readonly names: ModelNames;
  /** Of the skills that come with the program. */
  readonly skillNames: readonly string[];
  /** Told where its page is, once it is there. */
  readonly onOpen?: ((addresses: readonly string[]) => void) | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: Closing;
}

/** Shows the running appliance to browsers, as configured. Waits for nothing, and fails by a warning. Closed by `closing`. */
export function openInspector({ address, button, vad }: InspectorTaps, parts: InspectorParts): void {
  const { appliance, config, microphone, clock, log, closing } = parts;
  const time = new WallTime(clock);
  const program = `pressel ${packageVersion()}`;
  const hub = new LiveHub({
    name: config.assistant.name,
    program,
    startedAt: Math.round(time.now() - process.uptime() * MS_PER_S),
    appliance,
    leds: parts.leds,
    volume: parts.voiceFile,
    button,
    hasButton: parts.hasButton,
    maxQuestionChars: config.llm.maxQuestionChars,
    trace: {
      levelDb: () => (appliance.snapshot.hasTag('muted') ? null : (microphone.status.levelDb ?? null)),
      speechProbability: () => vad.newest,
      watch: () => vad.watch(),
    },
    health: applianceHealth({
      ...parts,
      server: config.llm,
      serverState: () => appliance.snapshot.value.model,
      models: parts.names,
      speeds: () => appliance.speeds,
      computer: computerHealth(),
      throttling: firmwareThrottling,
      memory: () => process.memoryUsage(),
      loopDelay: new LoopDelay(),
      uptimeMs: () => process.uptime() * MS_PER_S,
    }),
    doctor: new DoctorDesk((signal) => runningChecks(parts, signal), clock, time),
    clock,
    time,
  });
  const sources = { recorder: appliance.recorder, metrics: countedFrom(parts), time };
  const token = new AccessToken(path.join(parts.state, TOKEN_FILE), clock);
  const needsToken = !isLoopback(address.host);
  const access = new Access({ token: needsToken ? token : undefined, hosts: config.inspector.hosts, clock, log });
  let files: ReadonlyMap<string, PageFile> | undefined;
  const close = keepListening({
    open: async () => {
      if (needsToken && !(await token.exists())) {
        throw new Error(`others reach ${address.host}, and there is no token yet: pressel inspector --new-token`);
      }
      files ??= await builtPage(log);
      const server = new InspectorServer({
        access,
        files,
        made: (url) => madeAnswer(url, sources),
        onLive: (socket) => hub.connect(socket),
        log,
      });
      const { port } = await server.listen(address.host, address.port);
      return { addresses: pageAddresses(address.host, port), close: () => server.close() };
    },
    onOpen: parts.onOpen,
    clock,
    log,
  });
  closing.push(async () => {
    hub.close();
    await close();
  });
}

/** Counts from now on; the appliance ends after the program has stopped asking. */
function countedFrom({ appliance, microphone, speaker, skillNames, clock }: InspectorParts): Metrics {
  const metrics = new Metrics({
    clock,
    xruns: () => ({ microphone: microphone.status.xruns, speaker: speaker.xruns }),
    rssBytes: () => process.memoryUsage.rss(),
    uptimeMs: () => process.uptime() * MS_PER_S,
    skills: new Set(skillNames),
  });
  metrics.follow(appliance.snapshot);
  appliance.onSnapshot((snapshot) => metrics.follow(snapshot));
  appliance.onTurn((turn) => metrics.turnEnded(turn));
  appliance.onNotice((notice) => metrics.noticed(notice));
  return metrics;
}

/** The page as it was built; without it, what is made on demand is served nevertheless. */
async function builtPage(log: Log): Promise<ReadonlyMap<string, PageFile>> {
  try {
    return await readPageFiles(packageFile('dist/inspector/page'));
  } catch (error) {
    log.warn({ error }, 'the page of the inspector was not built: npm run build');
    return new Map();
  }
}
