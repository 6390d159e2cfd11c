import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import {
  type Foundation,
  type InferenceModel,
  LibraryDeclarations,
  ResidencyBoundary,
  RetentionPeriod,
  Workspace,
  WorkspaceEdition,
} from 'cdk-eu-residency';
import type { Construct } from 'constructs';

/** Properties of a `ChatWorkspace`. */
export interface ChatWorkspaceProps {
  /** The foundation. */
  readonly foundation: Foundation;
  /** The models. */
  readonly models: InferenceModel[];
  /** The host that is notified of new members. */
  readonly webhook?: string;
}

/** Acme's workspace: the rules of its house are set. */
export class ChatWorkspace extends Workspace {
  /** The boundary of every workspace of Acme. */
  public static readonly BOUNDARY: ResidencyBoundary = ResidencyBoundary.eu();

  constructor(scope: Construct, id: string, props: ChatWorkspaceProps) {
    super(scope, id, {
      boundary: ChatWorkspace.BOUNDARY,
      foundation: props.foundation,
      models: props.models,
      workspaceId: 'acme',
      edition: WorkspaceEdition.ENTERPRISE,
      retention: RetentionPeriod.days(90),
    });
    if (props.webhook === undefined) return;
    new CfnSubscription(this, 'Webhook', {
      topicArn: 'arn:aws:sns:eu-central-1:111122223333:members',
      protocol: 'https',
      endpoint: `https://${props.webhook}/members`,
    });
    LibraryDeclarations.propose(this, {
      library: 'acme-chat 1.2.0',
      places: [{ host: props.webhook, country: 'DE', reason: "The host is in Acme's own data centre" }],
    });
  }
}
