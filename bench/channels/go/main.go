// Go channels under the same workloads: `gochan PRODUCERS CONSUMERS ITEMS block|try` prints ns per
// item. try: select with a default, again and again, letting others run now and then, as the C
// contenders do.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func wait(tries *int) {
	if *tries++; *tries%128 == 0 {
		runtime.Gosched()
	}
}

func put(c chan uint64, v uint64, try bool) {
	if !try {
		c <- v
		return
	}
	for tries := 0; ; wait(&tries) {
		select {
		case c <- v:
			return
		default:
		}
	}
}

func get(c chan uint64, try bool) uint64 {
	if !try {
		return <-c
	}
	for tries := 0; ; wait(&tries) {
		select {
		case v := <-c:
			return v
		default:
		}
	}
}

func main() {
	var n [3]int
	for i := range n {
		v, err := strconv.Atoi(os.Args[i+1])
		if err != nil {
			panic(err)
		}
		n[i] = v
	}
	producers, consumers, items := n[0], n[1], n[2]
	try := os.Args[4] == "try"
	items = items / producers / consumers * producers * consumers
	runtime.GOMAXPROCS(2)
	c := make(chan uint64, 1024)
	var all sync.WaitGroup
	begin := time.Now()
	for p := 0; p < producers; p++ {
		all.Add(1)
		go func() {
			for i := 0; i < items/producers; i++ {
				put(c, uint64(i), try)
			}
			all.Done()
		}()
	}
	for p := 0; p < consumers; p++ {
		all.Add(1)
		go func() {
			sum := uint64(0)
			for i := 0; i < items/consumers; i++ {
				sum += get(c, try)
			}
			_ = sum
			all.Done()
		}()
	}
	all.Wait()
	fmt.Printf("%f\n", float64(time.Since(begin).Nanoseconds())/float64(items))
}
