/* The part of the benchmark where threads sleep, and two helpers that it shares with main.c. */
#ifndef BENCH_CHANNELS_SLEEPERS_H
#define BENCH_CHANNELS_SLEEPERS_H

void bench_sleepers(int rounds);
double bench_now(void);
void bench_pin(int cpu);

#endif
