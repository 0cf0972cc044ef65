// Every test here has a second program, a network of its own, or both: side by side they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
