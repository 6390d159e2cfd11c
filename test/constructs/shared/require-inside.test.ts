import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type App, Aws, CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import {
  requireArnInside,
  requireBucketInside,
  requireInside,
  requireKeyInside,
  requireReplicaInside,
} from '@/lib/constructs/shared/require-inside';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';

const EU = ResidencyBoundary.eu();
const KEY = 'key/1234abcd-12ab-34cd-56ef-1234567890ab';
const EU_REGIONS = 'eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3, eusc-de-east-1';
const storeIn = (stack: Stack) => new Construct(stack, 'Store');
const frankfurt = () => storeIn(stackIn('eu-central-1'));

describe('requireInside', () => {
  test.each(REFUSED_REGIONS)('refuses %s with the place, the reason and the fix', (_, region, found) => {
    expect(() => requireInside(storeIn(stackIn(region)), EU, 'it stores personal data')).toThrow(
      new Error(
        `Chat/Store must be deployed inside the EU because it stores personal data, got ${found}; ` +
          `set 'env.region' of its stack to one of ${EU_REGIONS}`,
      ),
    );
  });

  test.each(['eu-central-1', 'eusc-de-east-1'])('returns %s, which is inside the boundary', (region) => {
    expect(requireInside(storeIn(stackIn(region)), EU, 'it stores personal data')).toBe(region);
  });

  test('refuses a Region in the EU that a narrower boundary excludes', () => {
    expect(() => requireInside(frankfurt(), ResidencyBoundary.countries('FR'), 'it stores personal data')).toThrow(
      "must be deployed inside FR because it stores personal data, got 'eu-central-1'; set 'env.region' of its stack to one of eu-west-3",
    );
  });

  test('reports a boundary without any Region', () => {
    expect(() => requireInside(frankfurt(), ResidencyBoundary.countries('PT'), 'it stores personal data')).toThrow(
      'to a Region of PT (AWS has none there)',
    );
  });
});

describe('requireArnInside', () => {
  test.each([
    ['London', `arn:aws:kms:eu-west-2:111122223333:${KEY}`, 'in London (GB); pass a resource in one of eu-central-1'],
    ['a Region of another partition', `arn:aws:kms:eusc-de-east-1:111122223333:${KEY}`, "got 'arn:aws:kms:eusc"],
    ['no Region', 'arn:aws:s3:::bucket', "got 'arn:aws:s3:::bucket', which has no Region; pass the resource itself"],
    ['a Region of London, in a partition left open', `arn:${Aws.PARTITION}:kms:eu-west-2:1:${KEY}`, "'eu-west-2'"],
  ])('refuses an ARN in %s, naming the prop', (_, arn, found) => {
    const check = () => requireArnInside(frankfurt(), EU, 'encryptionKey', arn);
    expect(check).toThrow("Chat/Store: 'encryptionKey' must be inside the EU, got");
    expect(check).toThrow(found);
  });

  test('refuses an ARN that is unknown until deployment', () => {
    const store = frankfurt();
    const arn = new CfnParameter(store, 'Arn').valueAsString;
    expect(() => requireArnInside(store, EU, 'encryptionKey', arn)).toThrow(
      "Chat/Store: 'encryptionKey' must be inside the EU, got an ARN that is unknown until deployment; pass the resource " +
        'itself, or import it by an ARN that contains its Region',
    );
  });

  test('reads the Region of an ARN with an unresolved partition', () => {
    const arn = `arn:${Aws.PARTITION}:kms:eu-west-1:111122223333:${KEY}`;
    expect(requireArnInside(frankfurt(), EU, 'encryptionKey', arn)).toBe('eu-west-1');
  });
});

describe('requireKeyInside', () => {
  const imported = (region: string) => {
    const store = frankfurt();
    const key = kms.Key.fromKeyArn(store, 'Key', `arn:aws:kms:${region}:111122223333:${KEY}`);
    return () => requireKeyInside(store, EU, 'encryptionKey', key);
  };

  test('accepts a key in the same Region', () => expect(imported('eu-central-1')).not.toThrow());

  test('refuses a key in London', () => {
    expect(imported('eu-west-2')).toThrow(`'encryptionKey' must be inside the EU, got 'arn:aws:kms:eu-west-2`);
  });

  test('refuses a key in another Region inside the boundary', () => {
    expect(imported('eu-west-1')).toThrow(
      "Chat/Store: 'encryptionKey' must be in eu-central-1, the Region of its stack, because a key serves only its own " +
        "Region, got a key in 'eu-west-1'; pass a key in eu-central-1",
    );
  });

  test("uses the Region of the stack of the app's own key", () => {
    const store = frankfurt();
    const other = stackIn('eu-west-2', 'Other');
    expect(() => requireKeyInside(store, EU, 'encryptionKey', new kms.Key(store, 'Key'))).not.toThrow();
    expect(() => requireKeyInside(store, EU, 'encryptionKey', new kms.Key(other, 'Key'))).toThrow(
      "got one in 'eu-west-2'",
    );
  });

  const MULTI =
    "Chat/Store: 'encryptionKey' must be a single-Region key because a replica of a multi-Region key can be created outside the EU and decrypts the same content there, got a multi-Region key at Chat/Store/Key";

  test('refuses an imported multi-Region key', () => {
    const store = frankfurt();
    const key = kms.Key.fromKeyArn(store, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef');
    expect(() => requireKeyInside(store, EU, 'encryptionKey', key)).toThrow(MULTI);
  });

  const POLICY = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*', Principal: '*' }],
  };
  test.each<[string, (store: Construct) => kms.IKey]>([
    ['as a construct', (store) => new kms.Key(store, 'Key', { multiRegion: true })],
    [
      'as a resource',
      (store) => kms.Key.fromCfnKey(new kms.CfnKey(store, 'Key', { keyPolicy: POLICY, multiRegion: true })),
    ],
    [
      'by a condition of the template',
      (store) => {
        const isReplicated = new CfnCondition(store, 'IsReplicated');
        const key = new kms.Key(store, 'Key');
        (key.node.defaultChild as kms.CfnKey).multiRegion = Fn.conditionIf(isReplicated.logicalId, true, false);
        return key;
      },
    ],
  ])('refuses a multi-Region key that the app makes %s', (_, make) => {
    const store = frankfurt();
    expect(() => requireKeyInside(store, EU, 'encryptionKey', make(store))).toThrow(MULTI);
  });

  test('refuses a key imported by an ARN that is unknown until deployment', () => {
    const store = frankfurt();
    const key = kms.Key.fromKeyArn(store, 'Key', new CfnParameter(store, 'Arn').valueAsString);
    expect(() => requireKeyInside(store, EU, 'encryptionKey', key)).toThrow('unknown until deployment');
  });
});

describe('requireBucketInside', () => {
  const imported = (region?: string) => {
    const store = frankfurt();
    const bucket = s3.Bucket.fromBucketAttributes(store, 'Logs', { bucketArn: 'arn:aws:s3:::logs', region });
    return () => requireBucketInside(store, EU, 'accessLogBucket', bucket);
  };

  test('accepts a bucket with a declared Region', () => expect(imported('eu-central-1')()).toBe('eu-central-1'));

  test('refuses a bucket in London', () => {
    expect(imported('eu-west-2')).toThrow("'accessLogBucket' must be inside the EU, got a bucket in 'eu-west-2'");
  });

  test("refuses an import without a Region, although CDK fills in the stack's", () => {
    expect(imported()).toThrow(
      "Chat/Store: 'accessLogBucket' must be inside the EU, got a bucket whose Region is unknown; import it with " +
        `Bucket.fromBucketAttributes({ bucketArn, region }), with a region that is one of ${EU_REGIONS}`,
    );
  });

  test("uses the Region of the stack of the app's own bucket", () => {
    const store = frankfurt();
    expect(requireBucketInside(store, EU, 'accessLogBucket', new s3.Bucket(store, 'Logs'))).toBe('eu-central-1');
  });
});

describe('requireReplicaInside', () => {
  const check = (region: string | undefined, boundary = EU) => {
    const store = frankfurt();
    const replica = new Construct(stackIn(region, 'There', store.node.root as App), 'Store');
    return () => requireReplicaInside(store, boundary, 'replica', replica);
  };

  test.each(REFUSED_REGIONS)('refuses a replica in %s', (_, region, found) => {
    expect(check(region)).toThrow(
      new Error(
        `Chat/Store: 'replica' must be inside the EU and in another Region than eu-central-1, got There/Store in ${found}; pass a replica ` +
          'in one of eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3, eusc-de-east-1',
      ),
    );
  });

  test('reports a boundary without another Region', () => {
    expect(check('eu-west-1', ResidencyBoundary.countries('IT'))).toThrow('pass a replica in one of eu-south-1');
    expect(check('eu-west-1', ResidencyBoundary.regions('eu-central-1'))).toThrow('(AWS has no other there)');
  });

  test('accepts a replica in another Region inside the boundary', () => expect(check('eu-west-1')).not.toThrow());
});
