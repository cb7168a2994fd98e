"""The ledger to answers: each names the records that it rests on."""
