import { type App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ResidencyPlugin } from '@/lib/guard/cdk/residency-plugin';
import { RULES } from '@/lib/guard/rules';

/** Apps that a synth must refuse, each with every acknowledgement that its author could add. */
const APPS: Readonly<Record<string, (app: App, stack: Stack) => void>> = {
  'replica-by-override': (_, stack) => {
    const bucket = new Bucket(stack, 'Bucket').node.defaultChild as CfnBucket;
    bucket.addPropertyOverride('ReplicationConfiguration.Rules', [
      { Destination: { Bucket: 'arn:aws:s3:::copy-us-east-1' } },
    ]);
  },
  'stage-elsewhere': (app) => {
    new Stack(new Stage(app, 'Prod'), 'Edge', { env: { region: 'us-east-1' } });
  },
  'stage-on-its-own': (app) => {
    const stage = new Stage(app, 'Prod');
    new Stack(stage, 'Edge', { env: { region: 'us-east-1' } });
    stage.synth();
    process.exit(1);
  },
  'guard-that-throws': () => {
    ResidencyPlugin.prototype.validateScope = () => {
      throw new Error('broken on purpose');
    };
    Object.defineProperty(ResidencyPlugin.prototype, 'lastCheck', {
      get: () => {
        throw new Error('broken on purpose');
      },
    });
  },
};

const app = new ResidencyApp();
for (const { id } of RULES)
  Validations.of(app).acknowledge({ id: `EuResidency::${id}`, reason: 'the author would rather not' });
APPS[process.env.REFUSED_APP ?? '']?.(app, new Stack(app, 'Chat', { env: { region: 'eu-central-1' } }));
