import type { Clock } from '../../../hardware/clock.js';
import type { LedShow } from '../../../hardware/leds/ledShow.js';
import type { RunningAppliance } from '../../appliance/appliance.js';
import type { FlightRecorder } from '../../observability/flightRecorder.js';
import type { Volume } from '../../skills/surroundings.js';
import type { DoctorDesk } from './doctorDesk.js';
import type { HealthSource } from './healthWatch.js';
import type { TraceSource } from './levelTrace.js';
import type { PanelButton } from './panelButton.js';
import type { WallTime } from './wallTime.js';

/** The running appliance as the inspector sees and steers it. */
export interface Inspected {
  /** Of the assistant. */
  readonly name: string;
  /** The program and its version. */
  readonly program: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly appliance: Pick<RunningAppliance, 'turns' | 'onTurn' | 'onNotice' | 'snapshot' | 'send'> & {
    readonly recorder: Pick<FlightRecorder, 'entries' | 'counts' | 'onEvent'>;
  };
  readonly leds: Pick<LedShow, 'shown' | 'patterns' | 'pixels' | 'onChange'>;
  readonly volume: Volume & { onChange(listener: () => void): () => void };
  readonly button: PanelButton;
  /** Whether there is a real one besides. */
  readonly hasButton: boolean;
  readonly maxQuestionChars: number;
  readonly trace: TraceSource;
  readonly health: HealthSource;
  readonly doctor: DoctorDesk;
  readonly clock: Clock;
  readonly time: WallTime;
}
