// CDK's built-in CloudFormation validation takes most of a small synth's time; `.ci/run` has a synth with it.
process.env.CDK_VALIDATION = 'false';
