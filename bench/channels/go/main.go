// Go channels under the same workloads: `gochan PRODUCERS CONSUMERS ITEMS` prints ns per item.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

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
	runtime.GOMAXPROCS(2)
	c := make(chan uint64, 1024)
	var in, out sync.WaitGroup
	begin := time.Now()
	for p := 0; p < producers; p++ {
		in.Add(1)
		go func() {
			for i := 0; i < items/producers; i++ {
				c <- uint64(i)
			}
			in.Done()
		}()
	}
	for p := 0; p < consumers; p++ {
		out.Add(1)
		go func() {
			sum := uint64(0)
			for v := range c {
				sum += v
			}
			_ = sum
			out.Done()
		}()
	}
	in.Wait()
	close(c)
	out.Wait()
	fmt.Printf("%f\n", float64(time.Since(begin).Nanoseconds())/float64(items/producers*producers))
}
