import { blockOf, type Section } from './page-blocks';

/** The section that adds the guard to an existing app. */
export const GUARD: Section = { page: 'README.md', heading: 'You already have a CDK app' };

/** A section of the guard's page. */
export const guardPage = (heading: string): Section => ({ page: 'docs/GUARD.md', heading });

/** `lib/chat-stack.ts` of an existing app: a table with replicas in these Regions. */
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

/** The main file of that app: a block that creates `app`, then the app's own stack. */
export const mainWith = (block: string): string => `${block}
import { ChatStack } from '../lib/chat-stack';

new ChatStack(app, 'ChatStack', { env: { region: 'eu-central-1' } });
`;

/** The main file without the guard. */
export const UNGUARDED = mainWith("import { App } from 'aws-cdk-lib';\n\nconst app = new App();");

/** The main file with the block of a section. */
export const guardedBy = (section: Section): string => mainWith(blockOf(section, 'ts'));
