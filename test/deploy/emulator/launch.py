"""Starts the emulator with the CloudFormation types that it lacks, and keeps a list of the properties that it drops.

A type that neither knows stays a failure: CreateChangeSet refuses the template.
"""

import os
import threading

from ministack.app import main

import completions
import corrections
import ledger
import provisioners


def end_with_the_test():
    # Not by sys.stdin, whose lock a thread that waits would hold while Python shuts down.
    while os.read(0, 1):
        pass
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
provisioners.register()
completions.register()
corrections.install()
# Last, so that it sees the properties as everything above does.
ledger.install()
main()
