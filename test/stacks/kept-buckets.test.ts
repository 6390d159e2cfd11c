import { deployedTemplates } from '../support/deployed-templates';

test('a bucket that outlives its stack retains its policy', () => {
  const { foundation, sciences, office } = deployedTemplates();
  const policies = [foundation, sciences, office].flatMap((template) =>
    Object.values(template.findResources('AWS::S3::BucketPolicy')),
  );
  expect(policies.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(4).fill('Retain'));
});
