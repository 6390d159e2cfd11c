import { blockWith } from './readme';

/** The heading of README below which the guard is put into an existing app. */
export const GUARD = 'Guard an existing CDK app';

/** `lib/chat-stack.ts` of an app that was there before the guard: a table with copies in these Regions. */
export const stackWith = (...replicas: string[]): string => `import { Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

export class ChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new TableV2(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      replicas: [${replicas.map((region) => `{ region: '${region}' }`).join(', ')}],
    });
  }
}
`;

/** The main file of that app: a block that makes `app`, then its own stack. */
export const mainWith = (block: string): string => `${block}
import { ChatStack } from '../lib/chat-stack';

new ChatStack(app, 'ChatStack', { env: { region: 'eu-central-1' } });
`;

/** That file before there is a guard. */
export const UNGUARDED = mainWith("import { App } from 'aws-cdk-lib';\n\nconst app = new App();");

/** That file with what README says to write. */
export const guardedBy = (holds: string): string => mainWith(blockWith(GUARD, 'ts', holds));
