import { Stack } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';

/** An app of a user who handles no error: a table with a replica in Virginia, and perhaps a file of exceptions. */
const { EXCEPTIONS } = process.env;
const app = new ResidencyApp(EXCEPTIONS ? { declarations: ResidencyDeclarations.fromFile(EXCEPTIONS) } : {});
const stack = new Stack(app, 'Chat', { env: { region: 'eu-central-1' } });
new CfnGlobalTable(stack, 'Table', {
  keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
  attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
  replicas: [{ region: 'eu-central-1' }, { region: 'us-east-1' }],
});
app.synth();
