import { repeatCreation } from '../../contract/repeat-creation';

/** The parts in use of CloudFormation's event to a custom resource's function. */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
}

/** The outcome of a run. */
export type Outcome =
  | { readonly ok: true; readonly data: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reason: string };

/** The answer that CloudFormation reads. */
export interface CustomResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** CloudFormation refuses answers of more than 4,096 bytes. */
const MAX_TEXT = 2_500;

export function isCustomResourceEvent(event: unknown): event is CustomResourceEvent {
  if (typeof event !== 'object' || event === null) return false;
  const fields = event as Record<string, unknown>;
  return (
    ['Create', 'Update', 'Delete'].includes(String(fields.RequestType)) &&
    ['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'].every((name) => typeof fields[name] === 'string')
  );
}

/**
 * Answers one event. A deletion changes nothing, so that deleting a stack never loosens a setting. The physical ID never
 * changes, so that CloudFormation never replaces, and thereby deletes, the resource.
 */
export async function answerEvent(
  event: CustomResourceEvent,
  run: () => Promise<Outcome>,
): Promise<CustomResourceResponse> {
  const outcome: Outcome = event.RequestType === 'Delete' ? { ok: true, data: {} } : await safely(run);
  return {
    Status: outcome.ok ? 'SUCCESS' : 'FAILED',
    ...(outcome.ok ? { Data: outcome.data } : { Reason: clipped(outcome.reason) + howToRepeat(event) }),
    PhysicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  };
}

/**
 * How to repeat a refused first deployment of the stack. An update can create this resource too, so the event can't say
 * which it is.
 */
function howToRepeat({ RequestType, StackId }: CustomResourceEvent): string {
  const [, , , region = '', , resource = ''] = StackId.split(':');
  const [, name] = resource.split('/');
  if (RequestType !== 'Create' || name === undefined) return '';
  const [unprotect, deploy] = repeatCreation(name, region);
  return `. If this was the first deployment of ${name}, fix this, then repeat it with two commands: ${unprotect} and ${deploy}`;
}

async function safely(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    // The message of an unexpected error isn't ours, so it isn't shown.
    const { name } = error as Error;
    return { ok: false, reason: `an unexpected error (${name}); deploy again, and report the error if it persists` };
  }
}

/** Truncates by bytes, without splitting a character. */
export function clipped(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_TEXT) return text;
  return `${bytes
    .subarray(0, MAX_TEXT - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}…`;
}
