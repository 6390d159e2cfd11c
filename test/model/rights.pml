/*
 * The protocol of rights.qnt, reduced so that SPIN visits every state: two members, two administrators, and one process that is slow or
 * crashes between two parts of a step. The content of member 0 is exported, held, erased, and handed over to member 1; member 0 is
 * readmitted, and their keys are restored. Member 1 is erased and readmitted at once. Steps that only count are left out, and jobs of the
 * same kind and user take turns: a decision about a hold replaces the job that applies the one before. The administrators are
 * independent; who isn't is in rights.qnt. All states together exceed a machine's memory, so one search has the exports (ONLY_EXPORTS), and
 * one has the holds and closures (NO_EXPORTS). Erasures are in both.
 */
#ifdef ONLY_EXPORTS
#define NO_HOLDS
#define NO_CLOSURES
#endif
#define NO_KEY 0
#define KEY 1
#define OLD_KEY 2 /* an operator restored an erased key */

#define NONE 0
/* Steps of an erasure. */
#define DELAY 1
#define SECOND 2
#define CANARY 3
#define ROWS 4
#define OBJECTS 5
#define ERASE_KEY 6
#define LATE 7
#define TEST 8
#define CERTIFY 9
#define DONE 10
/* Steps of an export. */
#define ANNOUNCE 1
#define READ 2
#define MANIFEST 3
#define HELD_BACK 4
#define UNRELEASED 5
#define HAND_OVER 6
#define REMOVE 7
/* Steps that apply a hold. */
#define TAGS 1
#define SWEEP 2
#define TAGS_AGAIN 3
#define AGAIN 4
/* Steps of a closure. */
#define USERS 1
#define EXPORTS 2
#define FETCHED 3
#define END_CERTIFICATE 4
#define END_KEY 5
#define CLOSED 6
/* Of a last export: it is being made, and it has ended. */
#define PREPARING 1
#define ENDED 2
/* The outcome of a step. */
#define FAILS 20
#define STOPS 21 /* an erasure that waited, or an export, ends */
#define WAITS 22

#define USER 1
#define FIRST 2
#define SECOND_ADMIN 3
#define OPERATOR 4

/* Jobs that a slow process can hold. */
#define ERASURE(u) (1 + u)
#define RETENTION(u) (3 + u)
#define READMISSION(u) (5 + u)
#define EXPORT 7
#define CLOSURE 8

bool content[2], kept[2], hold[2], erasing[2], pending[2], mark[2], certified[2];
byte key[2], erase[2], eraseTimer[2], keyTimer[2], readmitTimer[2], retain[2], retainTimer[2], last[2];
bool readmit[2];
byte export, exportBy, releasedBy, releaseTimer, exportTimer, listed;
bool isHandOver, isCalledOff, handed, files;
byte closure, closureTimer;
byte slow, slowStep, slowNext;
bool isSlowDone, isStale, wasSlow;

#define isFree(u) (!erasing[u] && !hold[u])
#define isOpen(u) (erase[u] != NONE && erase[u] != DONE)
#define isEnding (closure >= END_CERTIFICATE && closure < CLOSED)
#define isWithin(step) (step == ANNOUNCE || step == READ || step == MANIFEST || step == HELD_BACK || step == UNRELEASED)
#define touch(id) if :: slow == id -> isStale = true :: else fi
#define touchClosure if :: closure != NONE -> touch(CLOSURE) :: else fi

inline ensureKey(u) { if :: key[u] == NO_KEY && !mark[u] -> key[u] = KEY :: else fi }
inline deleteRows(u) {
  /* A process that is overtaken must not delete what a readmitted user stored. */
  assert(!content[u] || (erasing[u] && !hold[u]));
  content[u] = false; kept[u] = false;
  if :: u == 0 -> listed = 0 :: else -> handed = false fi
}
inline deleteObjects(u) { if :: u == 0 -> files = false :: else fi }

/* ---- What a step does outside the table of jobs, and what it finds there: its outcome is the next step. */

inline eraseEffect(u, step, next) {
  if
  :: step == DELAY -> if :: hold[u] -> next = STOPS :: else -> next = CANARY fi
  :: step == SECOND -> next = STOPS
  :: step == CANARY -> ensureKey(u); if :: key[u] == NO_KEY -> next = FAILS :: else -> next = ROWS fi
  :: step == ROWS -> deleteRows(u); next = OBJECTS
  :: step == OBJECTS -> deleteObjects(u); next = ERASE_KEY
  :: step == ERASE_KEY ->
    assert(erasing[u]);
    if :: !mark[u] -> keyTimer[u] = 1 :: else fi;
    mark[u] = true; key[u] = NO_KEY; next = LATE
  :: step == LATE -> deleteRows(u); deleteObjects(u); next = TEST
  :: step == TEST -> if :: key[u] != NO_KEY -> assert(key[u] == OLD_KEY); next = FAILS :: else -> next = CERTIFY fi
  :: step == CERTIFY ->
    /* A process that is overtaken only repeats the certificate that is there. */
    if
    :: erasing[u] ->
      assert(key[u] == NO_KEY && keyTimer[u] == 0 && !content[u] && (u == 1 || (!files && listed == 0)));
      certified[u] = true
    :: else
    fi;
    next = DONE
  fi
}
inline eraseCommit(u, step, next) {
  if
  :: next == FAILS -> skip
  :: next == STOPS -> erase[u] = NONE; pending[u] = false; eraseTimer[u] = 0; touch(ERASURE(u))
  :: step == DELAY && next == CANARY ->
    if
    :: isFree(u) && pending[u] ->
      erase[u] = CANARY; erasing[u] = true; pending[u] = false; touch(ERASURE(u))
    :: else
    fi
  :: next != STOPS && next != FAILS && step != DELAY ->
    erase[u] = next; touch(ERASURE(u));
    if :: next == LATE -> eraseTimer[u] = keyTimer[u] :: next == CERTIFY -> readmitTimer[u] = 1 :: else fi
  fi
}

inline exportEffect(step, next) {
  if
  :: step == ANNOUNCE -> if :: erasing[0] -> next = STOPS :: else -> next = READ fi
  :: step == READ || step == MANIFEST ->
    if
    /* A readmission doesn't bring back what lists an export. */
    :: erasing[0] || listed == 0 -> next = STOPS
    :: else ->
      if :: step == READ -> ensureKey(0) :: else fi;
      assert(key[0] == KEY);
      files = true; if :: step == READ -> next = MANIFEST :: else -> if :: isHandOver -> next = HELD_BACK :: else -> next = REMOVE fi fi
    fi
  :: step == HELD_BACK -> next = UNRELEASED
  :: step == HAND_OVER ->
    if :: erasing[1] -> next = WAITS :: else -> if :: listed == 0 -> next = STOPS :: else -> next = REMOVE fi fi
  :: step == UNRELEASED || step == REMOVE -> files = false; next = STOPS
  fi
}
inline exportCommit(step, next) {
  touch(EXPORT);
  if
  :: next == STOPS || ((step <= MANIFEST || (step == HAND_OVER && next == REMOVE)) && erasing[0]) || ((step == READ || step == MANIFEST) && listed == 0) ->
    export = NONE; exportTimer = 0; releaseTimer = 0; handed = false; exportBy = NONE; releasedBy = NONE; isHandOver = false; isCalledOff = false
  :: else ->
    if
    :: step == ANNOUNCE -> listed = 1; export = READ
    :: step == READ -> export = MANIFEST
    :: step == MANIFEST -> listed = 2; export = next; exportTimer = 2; if :: isHandOver -> exportTimer = releaseTimer + 2 :: else fi
    :: step == HELD_BACK -> export = UNRELEASED
    :: step == HAND_OVER && next == WAITS -> export = REMOVE; exportTimer = 0
    :: step == HAND_OVER && next == REMOVE ->
      if
      :: erasing[1] -> skip
      :: else ->
        /* Three people, and not before its time. */
        assert(isHandOver && releasedBy != NONE && releasedBy != exportBy && releasedBy != USER && releaseTimer == 0 && !isCalledOff);
        handed = true; export = REMOVE; exportTimer = 2
      fi
    fi
  fi
}

inline retainEffect(u, step, next) {
  if
  :: step == TAGS -> next = SWEEP
  :: step == SWEEP -> kept[u] = content[u] && hold[u]; next = TAGS_AGAIN
  :: step == TAGS_AGAIN -> next = AGAIN
  :: step == AGAIN -> kept[u] = content[u] && hold[u]; next = NONE
  fi
}
inline retainCommit(u, step, next) {
  retain[u] = next; touch(RETENTION(u)); if :: step == SWEEP -> retainTimer[u] = 1 :: else fi
}

inline readmitEffect(u, next) {
  if
  :: erasing[u] && erase[u] == DONE -> assert(keyTimer[u] == 0); mark[u] = false; next = NONE
  :: else -> next = STOPS
  fi
}
inline readmitCommit(u, next) {
  if
  :: next == NONE && erasing[u] && erase[u] == DONE -> readmit[u] = false; erasing[u] = false; certified[u] = false; erase[u] = NONE; eraseTimer[u] = 0
  :: next == STOPS -> readmit[u] = false
  :: else
  fi;
  touch(READMISSION(u))
}

inline closureEffect(step, next) {
  if
  :: step == USERS ->
    if :: content[0] || listed > 0 -> if :: last[0] == NONE -> last[0] = PREPARING :: else fi :: else fi;
    if :: content[1] || handed -> if :: last[1] == NONE -> last[1] = PREPARING :: else fi :: else fi;
    next = EXPORTS
  :: step == EXPORTS ->
    if :: last[0] == PREPARING || last[1] == PREPARING || isOpen(0) || isOpen(1) || readmit[0] -> next = WAITS :: else -> next = FETCHED fi
  :: step == FETCHED ->
    if
    :: hold[0] || hold[1] -> next = FAILS
    :: else -> if :: isOpen(0) || isOpen(1) || readmit[0] -> next = WAITS :: else -> next = END_CERTIFICATE fi
    fi
  :: step == END_CERTIFICATE -> next = END_KEY
  /* Every key is deleted, so nothing may be on hold, no erasure without its certificate, and no readmission open. */
  :: step == END_KEY -> assert(!hold[0] && !hold[1] && !isOpen(0) && !isOpen(1) && !readmit[0]); next = CLOSED
  fi
}
inline closureCommit(step, next) {
  if
  :: next == FAILS -> skip
  :: next == WAITS -> closureTimer = 1; touch(CLOSURE)
  :: else -> closure = next; touch(CLOSURE); if :: next == FETCHED -> closureTimer = 2 :: else fi
  fi
}

/* ---- A step at once, or by a process that stops before it, or before the transaction. That process may never go on. */

#define begins(id, step) slow = id; slowStep = step; isStale = false; wasSlow = true
byte n;

inline erasureStep(u) {
  if
  :: n = 0; eraseEffect(u, erase[u], n); eraseCommit(u, erase[u], n)
  :: !wasSlow -> begins(ERASURE(u), erase[u]); isSlowDone = false
  :: !wasSlow -> begins(ERASURE(u), erase[u]); isSlowDone = true; eraseEffect(u, slowStep, slowNext)
  fi; n = 0
}
inline exportStep() {
  if
  :: exportEffect(export, n); exportCommit(export, n)
  :: !wasSlow -> begins(EXPORT, export); isSlowDone = false
  :: !wasSlow -> begins(EXPORT, export); isSlowDone = true; exportEffect(slowStep, slowNext)
  fi; n = 0
}
inline retentionStep(u) {
  if
  :: retainEffect(u, retain[u], n); retainCommit(u, retain[u], n)
  :: !wasSlow -> begins(RETENTION(u), retain[u]); isSlowDone = false
  :: !wasSlow -> begins(RETENTION(u), retain[u]); isSlowDone = true; retainEffect(u, slowStep, slowNext)
  fi; n = 0
}
inline readmissionStep(u) {
  if
  :: readmitEffect(u, n); readmitCommit(u, n)
  :: !wasSlow -> begins(READMISSION(u), 0); isSlowDone = false
  :: !wasSlow -> begins(READMISSION(u), 0); isSlowDone = true; readmitEffect(u, slowNext)
  fi; n = 0
}
inline closureStep() {
  if
  :: closureEffect(closure, n); closureCommit(closure, n)
  :: !wasSlow -> begins(CLOSURE, closure); isSlowDone = false
  :: !wasSlow -> begins(CLOSURE, closure); isSlowDone = true; closureEffect(slowStep, slowNext)
  fi; n = 0
}

/* The slow process goes on. The version of the job decides if its change counts. */
inline erasureGoesOn(u) {
  if :: !isSlowDone -> eraseEffect(u, slowStep, slowNext) :: else fi;
  if :: !isStale -> eraseCommit(u, slowStep, slowNext) :: else fi
}
inline retentionGoesOn(u) {
  if :: !isSlowDone -> retainEffect(u, slowStep, slowNext) :: else fi;
  if :: !isStale -> retainCommit(u, slowStep, slowNext) :: else fi
}
inline readmissionGoesOn(u) {
  if :: !isSlowDone -> readmitEffect(u, slowNext) :: else fi;
  if :: !isStale -> readmitCommit(u, slowNext) :: else fi
}
inline goesOn() {
  if
  :: slow == ERASURE(0) -> erasureGoesOn(0)
  :: slow == RETENTION(0) -> retentionGoesOn(0)
  :: slow == READMISSION(0) -> readmissionGoesOn(0)
  :: slow == EXPORT ->
    if :: !isSlowDone -> exportEffect(slowStep, slowNext) :: else fi;
    if :: !isStale -> exportCommit(slowStep, slowNext) :: else fi
  :: slow == CLOSURE ->
    if :: !isSlowDone -> closureEffect(slowStep, slowNext) :: else fi;
    if :: !isStale -> closureCommit(slowStep, slowNext) :: else fi
  fi;
  ends()
}
inline ends() { slow = 0; slowStep = 0; slowNext = 0; isSlowDone = false; isStale = false }

/* ---- Requests */

inline requestErasure(u) {
  if
  :: erase[u] == NONE && !pending[u] && isFree(u) && !isEnding ->
    touchClosure;
    if
    :: erase[u] = CANARY; erasing[u] = true
    :: pending[u] = true; eraseTimer[u] = 2; if :: erase[u] = DELAY :: erase[u] = SECOND fi
    fi
  /* The user agrees, or a second person confirms in time. */
  :: pending[u] && isFree(u) && !isEnding && (erase[u] == DELAY || eraseTimer[u] > 0) ->
    erase[u] = CANARY; eraseTimer[u] = 0; erasing[u] = true; pending[u] = false; touch(ERASURE(u))
  :: pending[u] -> erase[u] = NONE; eraseTimer[u] = 0; pending[u] = false; touch(ERASURE(u))
  :: else
  fi
}
inline applies(u) { retain[u] = TAGS; retainTimer[u] = 0; touch(RETENTION(u)) }
inline requestHold(u) {
  if
  :: !hold[u] && !erasing[u] && !isEnding -> hold[u] = true; touchClosure; applies(u)
  :: hold[u] -> hold[u] = false; applies(u)
  :: else
  fi
}
inline useContent(u) {
  if
  :: !content[u] && !erasing[u] -> ensureKey(u); content[u] = true; kept[u] = hold[u]
  :: content[u] && !erasing[u] && !hold[u] -> content[u] = false; kept[u] = false
  :: else
  fi
}
inline restoreKey(u) {
  if
  :: mark[u] && key[u] == NO_KEY && keyTimer[u] > 0 -> key[u] = OLD_KEY
  :: key[u] == OLD_KEY -> key[u] = NO_KEY
  :: else
  fi
}
#define passes(timer) if :: timer > 0 -> timer-- :: else fi

/* Once a hold is applied, nothing of its user expires. An erased key comes back only if an operator restores it, and then nothing is certified. */
#define isApplied(u) (!hold[u] || retain[u] != NONE || !content[u] || kept[u])
#define isGone(u) (!certified[u] || key[u] == NO_KEY)
#define isMarked(u) (!erasing[u] || erase[u] <= ERASE_KEY || erase[u] == NONE || key[u] != KEY)
#define isRight(u) (isApplied(u) && isGone(u) && isMarked(u))

init {
  d_step { key[0] = KEY; key[1] = KEY; content[0] = true; content[1] = true };
  do
  :: atomic { closure != CLOSED && slow != 0 -> goesOn() }
  :: atomic { closure != CLOSED && isOpen(0) && eraseTimer[0] == 0 -> erasureStep(0) }
#ifndef NO_HOLDS
  :: atomic { closure != CLOSED && retain[0] != NONE && retainTimer[0] == 0 -> retentionStep(0) }
#endif
  :: atomic { closure != CLOSED && readmit[0] && readmitTimer[0] == 0 -> readmissionStep(0) }
  :: atomic {
      closure != CLOSED && export != NONE && (export != HELD_BACK || releaseTimer == 0) &&
      ((export != UNRELEASED && export != REMOVE) || exportTimer == 0) -> exportStep()
    }
  :: atomic { closure != NONE && closure != CLOSED && closureTimer == 0 -> closureStep() }
  :: atomic { closure != CLOSED && last[0] == PREPARING -> if :: !erasing[0] -> ensureKey(0) :: else fi; last[0] = ENDED }
  :: atomic { closure != CLOSED && last[1] == PREPARING -> if :: !erasing[1] -> ensureKey(1) :: else fi; last[1] = ENDED }
  :: atomic { closure != CLOSED -> requestErasure(0) }
  :: atomic {
      closure != CLOSED && erase[1] == NONE && !isEnding ->
      touchClosure;
      erase[1] = DONE; erasing[1] = true; mark[1] = true; key[1] = NO_KEY; deleteRows(1)
    }
  :: atomic { closure != CLOSED && erase[1] == DONE -> erase[1] = NONE; erasing[1] = false; mark[1] = false }
  :: atomic { closure != CLOSED && erase[0] == DONE && !readmit[0] && !isEnding -> touchClosure; readmit[0] = true }
#ifndef NO_HOLDS
  :: atomic { closure != CLOSED -> requestHold(0) }
#endif
  :: atomic { closure != CLOSED -> useContent(0) }
  :: atomic { closure != CLOSED -> useContent(1) }
  :: atomic { closure != CLOSED -> restoreKey(0) }
#ifndef NO_EXPORTS
  :: atomic {
      closure != CLOSED && export == NONE && !erasing[0] -> assert(!handed);
      export = ANNOUNCE; listed = 0; files = false;
      if
      :: isHandOver = false; exportBy = FIRST
      :: isHandOver = true; releaseTimer = 2; if :: exportBy = FIRST :: exportBy = SECOND_ADMIN fi
      fi
    }
  :: atomic {
      closure != CLOSED && isHandOver && releaseTimer == 0 && (export == HELD_BACK || (export == UNRELEASED && exportTimer > 0)) ->
      if :: exportBy != FIRST -> releasedBy = FIRST :: exportBy != SECOND_ADMIN -> releasedBy = SECOND_ADMIN :: releasedBy = OPERATOR fi;
      export = HAND_OVER; exportTimer = 0; touch(EXPORT)
    }
  :: atomic {
      closure != CLOSED && isHandOver && !isCalledOff && isWithin(export) ->
      if :: export == HELD_BACK || export == UNRELEASED -> exportTimer = 0 :: else -> exportTimer = 1 fi;
      export = REMOVE; releaseTimer = 0; isCalledOff = true; touch(EXPORT)
    }
#endif
#ifndef NO_CLOSURES
  :: atomic { closure == NONE && !hold[0] && !hold[1] -> closure = USERS }
  :: atomic { closure == USERS || closure == EXPORTS || closure == FETCHED -> closure = NONE; closureTimer = 0; last[0] = NONE; last[1] = NONE; touch(CLOSURE) }
#endif
  :: atomic {
      closure != CLOSED && (eraseTimer[0] + eraseTimer[1] + keyTimer[0] + keyTimer[1] + readmitTimer[0] + readmitTimer[1] + retainTimer[0] + retainTimer[1] +
      releaseTimer + exportTimer + closureTimer > 0) ->
      passes(eraseTimer[0]); passes(eraseTimer[1]); passes(keyTimer[0]); passes(keyTimer[1]); passes(readmitTimer[0]); passes(readmitTimer[1]); passes(retainTimer[0]);
      passes(retainTimer[1]); passes(releaseTimer); passes(exportTimer); passes(closureTimer);
      /* No process runs as long as a tick. */
      ends()
    }
  :: !isRight(0) || !isRight(1) -> assert(false)
  :: closure == CLOSED -> break
  od
}
