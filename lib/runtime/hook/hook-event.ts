import { isMap } from '../../guard/template/node';
import type { Json } from '../../guard/template/parse';
import { HookError } from './hook-error';

const ACTIONS = ['CREATE_PRE_PROVISION', 'UPDATE_PRE_PROVISION', 'DELETE_PRE_PROVISION'] as const;
type Action = (typeof ACTIONS)[number];

/** The parts that the guard needs of CloudFormation's operation. */
export interface HookRequest {
  readonly action: Action;
  /** `STACK`, `CHANGE_SET`, or a resource. */
  readonly target: 'STACK' | 'CHANGE_SET' | 'RESOURCE';
  /** Name of the stack, for messages. */
  readonly stack: string;
  readonly data: Json;
}

/** The loggable part of an event: CloudFormation's identifiers. */
export interface HookIds {
  readonly requestId?: string;
  readonly stackId?: string;
  readonly changeSetId?: string;
  readonly target?: string;
  readonly action?: string;
}

/**
 * Reads an event.
 *
 * @throws HookError if it requests an unknown operation
 */
export function toHookRequest(event: unknown): HookRequest {
  if (!isMap(event) || !isMap(event.requestData)) {
    throw new HookError('event', "the event must be an object with 'requestData', as CloudFormation sends it");
  }
  const target = targetOf(event.requestData);
  return { action: actionOf(event, target), target, stack: stackOf(event), data: event.requestData };
}

/** Never throws, so that an unreadable event is also logged. */
export function idsOf(event: unknown): HookIds {
  if (!isMap(event)) return {};
  const data = isMap(event.requestData) ? event.requestData : {};
  return {
    requestId: identifier(event.clientRequestToken),
    stackId: identifier(event.stackId),
    changeSetId: identifier(event.changeSetId),
    target: identifier(data.targetType),
    action: identifier(event.actionInvocationPoint),
  };
}

function targetOf({ targetType }: Json): HookRequest['target'] {
  if (targetType === 'STACK' || targetType === 'CHANGE_SET') return targetType;
  // Cloud Control sends `RESOURCE`; CloudFormation sends the resource's own type.
  if (targetType === 'RESOURCE' || (typeof targetType === 'string' && targetType.includes('::'))) return 'RESOURCE';
  throw new HookError(
    'target',
    `'targetType' must be STACK, CHANGE_SET or the type of a resource, got ${shown(targetType)}; set the hook's ` +
      "'TargetOperations' to STACK and CHANGE_SET",
  );
}

function actionOf({ actionInvocationPoint }: Json, target: HookRequest['target']): Action {
  // A change set can only be created; the documented form of its event omits the action.
  if (actionInvocationPoint === undefined && target === 'CHANGE_SET') return 'CREATE_PRE_PROVISION';
  const action = ACTIONS.find((known) => known === actionInvocationPoint);
  if (action !== undefined) return action;
  throw new HookError(
    'action',
    `'actionInvocationPoint' must be one of ${ACTIONS.join(', ')}, got ${shown(actionInvocationPoint)}`,
  );
}

/** `arn:<partition>:cloudformation:<region>:<account>:stack/<name>/<id>`; Cloud Control has no stack. */
function stackOf({ stackId, requestData }: Json): string {
  const named = typeof stackId === 'string' ? stackId.split('/')[1] : undefined;
  return named ?? identifier((requestData as Json).targetLogicalId) ?? 'unknown';
}

const identifier = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w:/.+=@-]{1,1024}$/.test(value) ? value : undefined;

const shown = (value: unknown): string => (identifier(value) === undefined ? 'something else' : `'${value}'`);
