"""Entries in the shapes in which people write them."""

from __future__ import annotations

import pytest

from notes_tui.formats.reading_list import read
from notes_tui.model.reading_list import ListEntry


def entry(markdown: str) -> ListEntry:
    """The one entry of a list that holds nothing else."""
    reading_list = read(f"# List\n\n## Section\n\n{markdown}\n")
    assert not reading_list.problems
    assert len(reading_list.entries) == 1
    return reading_list.entries[0]


SHAPES: tuple[tuple[str, str, str, int | None, str], ...] = (
    (
        "- [Megatron-LM](https://arxiv.org/pdf/1909.08053.pdf): Training Multi-Billion Parameter Language Models Using Model Parallelism",
        "Megatron-LM: Training Multi-Billion Parameter Language Models Using Model Parallelism",
        "arXiv",
        2019,
        "",
    ),
    (
        "- [Oobleck:](https://arxiv.org/abs/2309.08125) Resilient Distributed Training of Large Models Using Pipeline Templates | SOSP 23",
        "Oobleck: Resilient Distributed Training of Large Models Using Pipeline Templates",
        "SOSP",
        2023,
        "",
    ),
    (
        "- [Optimized Network Architectures for Large Language Model Training with Billions of Parameters](https://arxiv.org/pdf/2307.12169.pdf) | MIT",
        "Optimized Network Architectures for Large Language Model Training with Billions of Parameters",
        "arXiv",
        2023,
        "",
    ),
    (
        "- [Ring Attention](https://arxiv.org/pdf/2310.01889.pdf) with Blockwise Transformers for Near-Infinite Context | UCB",
        "Ring Attention with Blockwise Transformers for Near-Infinite Context",
        "arXiv",
        2023,
        "",
    ),
    (
        "- [DeepSpeed Inference](https://arxiv.org/abs/2207.00032) : Enabling Efficient Inference of Transformer Models at Unprecedented Scale.  ",
        "DeepSpeed Inference: Enabling Efficient Inference of Transformer Models at Unprecedented Scale",
        "arXiv",
        2022,
        "",
    ),
    (
        "- [MPCFormer](https://arxiv.org/pdf/2211.01452.pdf) : fast, performant, and private transformer inference with MPC | ICLR'23",
        "MPCFormer: fast, performant, and private transformer inference with MPC",
        "ICLR",
        2023,
        "",
    ),
    (
        "- [DeepSpeed-MoE](https://arxiv.org/abs/2201.05596): Advancing Mixture-of-Experts Inference and Training to Power Next-Generation AI Scale ICML' 2022.",
        "DeepSpeed-MoE: Advancing Mixture-of-Experts Inference and Training to Power Next-Generation AI Scale",
        "ICML",
        2022,
        "",
    ),
    (
        "- [vLLM](https://vllm.ai/): Easy, Fast, and Cheap LLM Serving with PagedAttention | SOSP' 23",
        "vLLM: Easy, Fast, and Cheap LLM Serving with PagedAttention",
        "SOSP",
        2023,
        "",
    ),
    (
        "- [H2O](https://arxiv.org/abs/2306.14048): Heavy-Hitter Oracle for Efficient Generative Inference of Large Language Models | ICML ES-FoMo Workshop 2023",
        "H2O: Heavy-Hitter Oracle for Efficient Generative Inference of Large Language Models",
        "ICML Workshop",
        2023,
        "",
    ),
    (
        "- [AutoGen](https://github.com/microsoft/autogen#autogen) :Enable Next-Gen Large Language Model Applications | Microsoft",
        "AutoGen",
        "",
        None,
        "",
    ),
    (
        "- [DeepSpeed-MII](https://github.com/microsoft/DeepSpeed-MII): Model Implementations for Inference (MII) ｜ Microsoft",
        "DeepSpeed-MII",
        "",
        None,
        "",
    ),
    (
        "- [2023/04] **Learning Distributed Representations of Sentences from Unlabelled Data.** *Felix Hill(University of Cambridge) et al. arXiv.*[[paper](https://arxiv.org/abs/1602.03483)]",
        "Learning Distributed Representations of Sentences from Unlabelled Data",
        "arXiv",
        2023,
        "Felix Hill",
    ),
    (
        "- [2020/02] **How Much Knowledge Can You Pack Into the Parameters of a Language Model?** *Adam Roberts(Google) et al. arXiv.*[[paper](https://arxiv.org/abs/2002.08910)]",
        "How Much Knowledge Can You Pack Into the Parameters of a Language Model?",
        "arXiv",
        2020,
        "Adam Roberts",
    ),
    (
        "- [2016/04] **Improved Automatic Keyword Extraction Given More Semantic Knowledge.** *H Leung. Systems for Advanced Applications.*[[paper](https://link.springer.com/chapter/10.1007/978-3-319-32055-7_10)]",
        "Improved Automatic Keyword Extraction Given More Semantic Knowledge",
        "",
        2016,
        "H Leung",
    ),
    (
        "- [2023/02] Toolformer: Language Models Can Teach Themselves to Use Tools. *Timo Schick et al. arXiv.* [[paper](https://arxiv.org/abs/2302.04761)]",
        "Toolformer: Language Models Can Teach Themselves to Use Tools",
        "arXiv",
        2023,
        "Timo Schick",
    ),
    (
        "- [2022/01] A Survey of Embodied AI: From Simulators to Research Tasks *Jiafei Duan et al. IEEE(TETCI).* [[paper](https://arxiv.org/pdf/2103.04918.pdf)] ",
        "A Survey of Embodied AI: From Simulators to Research Tasks",
        "arXiv",
        2022,
        "Jiafei Duan",
    ),
    (
        "- [2022/07] LM-Nav: Robotic Navigation with Large Pre-Trained Models of Language, Vision, and Action *Dhruv Shahet al. CoRL* [[paper](https://proceedings.mlr.press/v205/shah23b/shah23b.pdf)] [[code](https://github.com/blazejosinski/lm_nav)]",
        "LM-Nav: Robotic Navigation with Large Pre-Trained Models of Language, Vision, and Action",
        "CoRL",
        2022,
        "Dhruv Shah",
    ),
    (
        "* ***SageDB: A Learned Database System (CIDR 2019)***",
        "SageDB: A Learned Database System",
        "CIDR",
        2019,
        "",
    ),
    (
        "* Self-Driving : From General Purpose to Specialized DBMSs (Phd@PVLDB 2018)  ",
        "Self-Driving : From General Purpose to Specialized DBMSs",
        "VLDB",
        2018,
        "",
    ),
    (
        "* UDO: Universal Database Optimization using Reinforcement Learning (arXiv 2021) [Source Code](https://github.com/jxiw/UDO)",
        "UDO: Universal Database Optimization using Reinforcement Learning",
        "arXiv",
        2021,
        "",
    ),
    (
        "* A Unified Transferable Model for ML-Enhanced DBMS [Vision] (arXiv 2021)",
        "A Unified Transferable Model for ML-Enhanced DBMS [Vision]",
        "arXiv",
        2021,
        "",
    ),
    (
        "* Towards instance-optimized data systems (VLDB 2021 from Tim Kraska)",
        "Towards instance-optimized data systems",
        "VLDB",
        2021,
        "",
    ),
    (
        "* Farming Your ML-based Query Optimizer's Food. (ICDE 2022, **best demo award**)",
        "Farming Your ML-based Query Optimizer's Food",
        "ICDE",
        2022,
        "",
    ),
    (
        "* Regularized Cost-Model Oblivious Database Tuning with Reinforcement Learning （2016）",
        "Regularized Cost-Model Oblivious Database Tuning with Reinforcement Learning",
        "",
        2016,
        "",
    ),
    (
        "* The Case for Automatic Database Administration using Deep Reinforcement Learning ( 2018 ArXiv)",
        "The Case for Automatic Database Administration using Deep Reinforcement Learning",
        "arXiv",
        2018,
        "",
    ),
    (
        "* External vs. Internal : An Essay on Machine Learning Agents for Autonomous Database Management Systems",
        "External vs. Internal : An Essay on Machine Learning Agents for Autonomous Database Management Systems",
        "",
        None,
        "",
    ),
    (
        "* DataFarm: Farm Your ML-based Query Optimizer's Food! - Human-Guided Training Data Generation -. (CIDR 2022)",
        "DataFarm: Farm Your ML-based Query Optimizer's Food! - Human-Guided Training Data Generation -",
        "CIDR",
        2022,
        "",
    ),
    (
        "* TIE: Fast Experiment-driven ML-based Configuration Tuning for In-memory Data Analytics (IEEE Transactions on Computers)",
        "TIE: Fast Experiment-driven ML-based Configuration Tuning for In-memory Data Analytics",
        "TC",
        None,
        "",
    ),
    (
        "* SIndex: A Scalable Learned Index for String Keys （APSys 2020)",
        "SIndex: A Scalable Learned Index for String Keys",
        "APSys",
        2020,
        "",
    ),
    (
        "* TONE: cutting tail-latency in learned indexes (CHEOPS 22)",
        "TONE: cutting tail-latency in learned indexes",
        "CHEOPS",
        2022,
        "",
    ),
    (
        "* RadixSpline: a single-pass learned index (aiDM2020)",
        "RadixSpline: a single-pass learned index",
        "aiDM",
        2020,
        "",
    ),
    (
        "* Automatic Database Knob Tuning: A Survey (TKDE)",
        "Automatic Database Knob Tuning: A Survey",
        "TKDE",
        None,
        "",
    ),
    (
        "* Self-driving database systems: a conceptual approach (Distributed and Parallel Databases 2020)",
        "Self-driving database systems: a conceptual approach",
        "Distributed and Parallel Databases",
        2020,
        "",
    ),
    (
        "* SARD: A statistical approach for ranking database tuning parameters (ICDEW, 2008)",
        "SARD: A statistical approach for ranking database tuning parameters",
        "ICDEW",
        2008,
        "",
    ),
    (
        "- [[AAAI2022](https://arxiv.org/abs/2112.09205v1)] AFDetV2: Rethinking the Necessity of the Second Stage for Object Detection from Point Clouds",
        "AFDetV2: Rethinking the Necessity of the Second Stage for Object Detection from Point Clouds",
        "AAAI",
        2022,
        "",
    ),
    (
        "- [[Arxiv](https://arxiv.org/abs/2112.06375v1)] Embracing Single Stride 3D Object Detector with Sparse Transformer [[github](https://github.com/TuSimple/SST)]",
        "Embracing Single Stride 3D Object Detector with Sparse Transformer",
        "arXiv",
        2021,
        "",
    ),
    (
        "- [[3DV2021](https://arxiv.org/abs/2112.01135v1)] Open-set 3D Object Detection",
        "Open-set 3D Object Detection",
        "3DV",
        2021,
        "",
    ),
    (
        "- [[Arxiv](https://arxiv.org/pdf/2104.00678v1.pdf)] Group-Free 3D Object Detection via Transformers\n [[pytorch](https://github.com/zeliu98/Group-Free-3D)]",
        "Group-Free 3D Object Detection via Transformers",
        "arXiv",
        2021,
        "",
    ),
    (
        "- [[Arxiv](https://arxiv.org/pdf/2006.04080v2.pdf)] CubifAE-3D: Monocular Camera Space Cubification for Auto-Encoder based\n3D Object Detection",
        "CubifAE-3D: Monocular Camera Space Cubification for Auto-Encoder based 3D Object Detection",
        "arXiv",
        2020,
        "",
    ),
    (
        "- [[TPAMI](https://arxiv.org/abs/2104.08797)] MonoGRNet: A General Framework for Monocular 3D Object Detection",
        "MonoGRNet: A General Framework for Monocular 3D Object Detection",
        "TPAMI",
        None,
        "",
    ),
    (
        "1. **Representation learning on graphs: Methods and applications.** arxiv 2017. [paper](https://arxiv.org/pdf/1709.05584.pdf)\n\n   *William L. Hamilton, Rex Ying, Jure Leskovec.*",
        "Representation learning on graphs: Methods and applications",
        "arXiv",
        2017,
        "William L. Hamilton; Rex Ying; Jure Leskovec",
    ),
    (
        "- **Distilling the knowledge in a neural network** (2015), G. Hinton et al. [[pdf]](http://arxiv.org/pdf/1503.02531)",
        "Distilling the knowledge in a neural network",
        "arXiv",
        2015,
        "G. Hinton",
    ),
    (
        "- [Playing Atari with Deep Reinforcement Learning](http://arxiv.org/abs/1312.5602), V. Mnih et al., *NIPS Workshop, 2013*.",
        "Playing Atari with Deep Reinforcement Learning",
        "NeurIPS Workshop",
        2013,
        "V. Mnih",
    ),
    (
        "- [Attention Is All You Need](https://arxiv.org/abs/1706.03762), NeurIPS 2017 [[code]](https://github.com/tensorflow/tensor2tensor)",
        "Attention Is All You Need",
        "NeurIPS",
        2017,
        "",
    ),
    (
        "- **(ICML 2020)** Stabilizing Transformers for Reinforcement Learning [[Paper](https://arxiv.org/abs/1910.06764)]",
        "Stabilizing Transformers for Reinforcement Learning",
        "ICML",
        2020,
        "",
    ),
    (
        "- Decoupled Weight Decay Regularization, [[Paper]](https://arxiv.org/abs/1711.05101), [[Code]](https://github.com/loshchil/AdamW-and-SGDW)",
        "Decoupled Weight Decay Regularization",
        "arXiv",
        2017,
        "",
    ),
    (
        "+ [2023.10] [ICLR 2024] [Efficient Streaming Language Models with Attention Sinks](https://arxiv.org/abs/2309.17453) ![](https://img.shields.io/badge/x)",
        "Efficient Streaming Language Models with Attention Sinks",
        "ICLR",
        2024,
        "",
    ),
    (
        "- **Momentum Contrast for Unsupervised Visual Representation Learning**, *Kaiming He et al.*, CVPR 2020. [paper](https://arxiv.org/abs/1911.05722)",
        "Momentum Contrast for Unsupervised Visual Representation Learning",
        "CVPR",
        2020,
        "Kaiming He",
    ),
    (
        "- `[CVPR 2020]` Momentum Contrast for Unsupervised Visual Representation Learning [[paper](https://arxiv.org/abs/1911.05722)]",
        "Momentum Contrast for Unsupervised Visual Representation Learning",
        "CVPR",
        2020,
        "",
    ),
    (
        "- 📄 [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980) ⭐",
        "Adam: A Method for Stochastic Optimization",
        "arXiv",
        2014,
        "",
    ),
    (
        "- 2019-NIPS-[Root Mean Square Layer Normalization](https://arxiv.org/abs/1910.07467)",
        "Root Mean Square Layer Normalization",
        "NeurIPS",
        2019,
        "",
    ),
    (
        "- [ ] Paxos Made Moderately Complex (NSDI 2023)",
        "Paxos Made Moderately Complex",
        "NSDI",
        2023,
        "",
    ),
    (
        '- **BERT**: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019. [[Paper](https://arxiv.org/abs/1810.04805)]',
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "NAACL",
        2019,
        "",
    ),
    (
        "- **BERT**: [Pre-training of Deep Bidirectional Transformers for Language Understanding](https://arxiv.org/abs/1810.04805) (NAACL'19)",
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "NAACL",
        2019,
        "",
    ),
    (
        "- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385) - Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun. CVPR 2016",
        "Deep Residual Learning for Image Recognition",
        "CVPR",
        2016,
        "Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun",
    ),
    (
        "- Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun. [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385). CVPR 2016.",
        "Deep Residual Learning for Image Recognition",
        "CVPR",
        2016,
        "Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun",
    ),
    (
        '- Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun. "Deep Residual Learning for Image Recognition". In CVPR, 2016. [[pdf](https://arxiv.org/abs/1512.03385)]',
        "Deep Residual Learning for Image Recognition",
        "CVPR",
        2016,
        "Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun",
    ),
    (
        "- Deep Residual Learning for Image Recognition. Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun. CVPR 2016. [[pdf](https://arxiv.org/abs/1512.03385)]",
        "Deep Residual Learning for Image Recognition",
        "CVPR",
        2016,
        "Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun",
    ),
    (
        "- [Paxos Made Simple](https://lamport.azurewebsites.net/pubs/paxos-simple.pdf) - Leslie Lamport (2001)",
        "Paxos Made Simple",
        "",
        2001,
        "Leslie Lamport",
    ),
    (
        "- [ripgrep](https://github.com/BurntSushi/ripgrep) - A line-oriented search tool that recursively searches directories.",
        "ripgrep",
        "",
        None,
        "",
    ),
    (
        "- [Textual](https://textual.textualize.io/) - Rapid application development framework.",
        "Textual",
        "",
        None,
        "",
    ),
    (
        "- Mixtral of Experts. **arXiv 2024**. [paper](https://arxiv.org/abs/2401.04088) [blog](https://mistral.ai/news/mixtral-of-experts/)",
        "Mixtral of Experts",
        "arXiv",
        2024,
        "",
    ),
    (
        "- (**FlashAttention**) FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness, [\\[paper\\]](https://arxiv.org/abs/2205.14135)",
        "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness",
        "arXiv",
        2022,
        "",
    ),
    (
        '- <a href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</a> (NeurIPS 2017)',
        "Attention Is All You Need",
        "NeurIPS",
        2017,
        "",
    ),
    (
        "- Attention Is All You Need https://arxiv.org/abs/1706.03762",
        "Attention Is All You Need",
        "arXiv",
        2017,
        "",
    ),
    (
        "- **[OSDI'20]** [AntMan: Dynamic Scaling on GPU Clusters for Deep Learning](https://www.usenix.org/conference/osdi20/presentation/xiao) [[code](https://github.com/alibaba/GPU-scheduler-for-deep-learning)]",
        "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "OSDI",
        2020,
        "",
    ),
    (
        "- [OSDI '20] AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "OSDI",
        2020,
        "",
    ),
    (
        "- AntMan: Dynamic Scaling on GPU Clusters for Deep Learning | [OSDI' 20](https://www.usenix.org/conference/osdi20/presentation/xiao)",
        "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "OSDI",
        2020,
        "",
    ),
    (
        "- [AntMan: Dynamic Scaling on GPU Clusters for Deep Learning](https://www.usenix.org/conference/osdi20/presentation/xiao), OSDI '20, Alibaba",
        "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "OSDI",
        2020,
        "",
    ),
    (
        "- [AntMan: Dynamic Scaling on GPU Clusters for Deep Learning](https://www.usenix.org/conference/osdi20/presentation/xiao)<br>Wencong Xiao, Shiru Ren, Yong Li<br>OSDI 2020",
        "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "OSDI",
        2020,
        "Wencong Xiao; Shiru Ren; Yong Li",
    ),
    (
        "- 大模型推理综述：方法与系统 (2024) [[论文](https://arxiv.org/abs/2404.14294)]",
        "大模型推理综述：方法与系统",
        "arXiv",
        2024,
        "",
    ),
    (
        "- A Survey on Efficient Inference [paper](https://arxiv.org/abs/2404.14294 )",
        "A Survey on Efficient Inference",
        "arXiv",
        2024,
        "",
    ),
    (
        "- [Liquid: Intelligent Resource Estimation](https://ieeexplore.ieee.org/document/9463407). *IEEE TPDS*. 2022",
        "Liquid: Intelligent Resource Estimation",
        "TPDS",
        2022,
        "",
    ),
    (
        "- Deep learning. Y. LeCun, Y. Bengio, and G. Hinton. Nature 521.7553 (2015): 436-444. [[pdf]](http://www.cs.toronto.edu/~hinton/absps/NatureDeepReview.pdf)",
        "Deep learning",
        "Nature",
        2015,
        "Y. LeCun; Y. Bengio; G. Hinton",
    ),
    (
        '- LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. "**Deep learning**." Nature 521.7553 (2015): 436-444. [[pdf]](http://www.cs.toronto.edu/~hinton/absps/NatureDeepReview.pdf) **(Three Giants\' Survey)** :star::star::star:',
        "Deep learning",
        "Nature",
        2015,
        "Yann LeCun; Yoshua Bengio; Geoffrey Hinton",
    ),
    (
        "- **An overview of multi-task learning in deep neural networks** \\\n*Sebastian Ruder* \\\narXiv 2017. [[Paper](https://arxiv.org/abs/1706.05098)] \\\nJun 15, 2017",
        "An overview of multi-task learning in deep neural networks",
        "arXiv",
        2017,
        "Sebastian Ruder",
    ),
    (
        "- **A brief review on multi-task learning** [[Paper](https://link.springer.com/article/10.1007/s11042-018-6463-x)] \\\n*Kim-Han Thung, Chong-Yaw Wee* \\\nMultimedia Tools and Applications 2018. \\\nAug 08, 2018",
        "A brief review on multi-task learning",
        "Multimedia Tools and Applications",
        2018,
        "Kim-Han Thung; Chong-Yaw Wee",
    ),
    (
        "* (arXiv preprint 2021) **Do You Even Need Attention? A Stack of Feed-Forward Layers Does Surprisingly Well on ImageNet**, Luke Melas-Kyriazi. [[Paper](https://arxiv.org/abs/2105.02723)] [[Code](https://github.com/lukemelas/do-you-even-need-attention)]",
        "Do You Even Need Attention? A Stack of Feed-Forward Layers Does Surprisingly Well on ImageNet",
        "arXiv",
        2021,
        "Luke Melas-Kyriazi",
    ),
    (
        "35. [2023/10] AutoAgents: A Framework for Automatic Agent Generation. (Peking University) [[paper](https://arxiv.org/abs/2309.17288)] [[code](https://github.com/Link-AGI/AutoAgents)]",
        "AutoAgents: A Framework for Automatic Agent Generation",
        "arXiv",
        2023,
        "",
    ),
    (
        "- Few-Shot Class-Incremental Learning via Training-Free Prototype Calibration (**NeurIPS 2023**)[[paper](https://arxiv.org/abs/2312.05229)] [[Code](https://github.com/wangkiw/TEEN)]",
        "Few-Shot Class-Incremental Learning via Training-Free Prototype Calibration",
        "NeurIPS",
        2023,
        "",
    ),
    (
        '13. Jerry Chee, Yaohui Cai, Volodymyr Kuleshov, Christopher De Sa, "QuIP: 2-Bit Quantization of Large Language Models With Guarantees," **NeurIPS 2023**, https://arxiv.org/abs/2307.13304',
        "QuIP: 2-Bit Quantization of Large Language Models With Guarantees",
        "NeurIPS",
        2023,
        "Jerry Chee; Yaohui Cai; Volodymyr Kuleshov; Christopher De Sa",
    ),
    (
        "1. **Halide** — Ragan-Kelley et al., PLDI 2013. Separation of *algorithm* from *schedule*.",
        "Halide",
        "PLDI",
        2013,
        "Ragan-Kelley",
    ),
    (
        "- [Crash-Only Software](https://www.usenix.org/conference/hotos-ix/crash-only-software) - Candea & Fox, HotOS 2003 (original research paper)",
        "Crash-Only Software",
        "HotOS",
        2003,
        "Candea; Fox",
    ),
    (
        '- Bornholt et al., "Using Lightweight Formal Methods to Validate a\n  Key-Value Storage Node in Amazon S3" (SOSP\'21)',
        "Using Lightweight Formal Methods to Validate a Key-Value Storage Node in Amazon S3",
        "SOSP",
        2021,
        "Bornholt",
    ),
    (
        "- **Efficient Memory Management for Large Language Model Serving with PagedAttention**  \n    Kwon et al., UC Berkeley, 2023. (vLLM original paper)",
        "Efficient Memory Management for Large Language Model Serving with PagedAttention",
        "",
        2023,
        "Kwon",
    ),
    (
        "- DPOK: Reinforcement Learning for Fine-tuning\n  - 作者：Ying Fan, Olivia Watkins\n  - 会议：**NeurIPS 2023**\n  - 链接：https://arxiv.org/abs/2305.16381",
        "DPOK: Reinforcement Learning for Fine-tuning",
        "NeurIPS",
        2023,
        "Ying Fan; Olivia Watkins",
    ),
    (
        "* **EEGNet**, [[paper](https://arxiv.org/abs/1611.08024), [original code](https://github.com/vlawhern/arl-eegmodels)]",
        "EEGNet",
        "arXiv",
        2016,
        "",
    ),
    (
        '|#|Paper|Authors|Venue|Year|\n|-|-|-|-|-|\n|1|"Xen and the Art of Virtualization"|Barham et al.|SOSP|2003|',
        "Xen and the Art of Virtualization",
        "SOSP",
        2003,
        "Barham",
    ),
    (
        "|Paper|Authors|Venue|Link|\n|-|-|-|-|\n|WebVoyager (2401.13919)|He et al.|ACL 2024|https://arxiv.org/abs/2401.13919|",
        "WebVoyager",
        "ACL",
        2024,
        "He",
    ),
)


@pytest.mark.parametrize(("markdown", "title", "venue", "year", "people"), SHAPES)
def test_title_venue_year_and_people_are_understood(
    markdown: str, title: str, venue: str, year: int | None, people: str
) -> None:
    reference = entry(markdown).reference
    assert reference.title == title
    assert (reference.venue, reference.year) == (venue, year)
    assert "; ".join(creator.name for creator in reference.creators) == people


@pytest.mark.parametrize(
    ("markdown", "links"),
    [
        (
            "- UDO: Universal Optimization (arXiv 2021) [Source Code](https://github.com/jxiw/UDO)",
            [("code", "https://github.com/jxiw/UDO")],
        ),
        (
            "- Oobleck: Resilient Training ([SOSP 2023](../notes/sosp.md)) \\[[Paper](https://dl.acm.org/doi/abs/10.1145/1)] "
            "\\[[Homepage](https://example.org/)]",
            [("paper", "https://dl.acm.org/doi/abs/10.1145/1"), ("project", "https://example.org/")],
        ),
        (
            "- PyTorch\\-DDP: Experiences on training [[pdf]](https://arxiv.org/pdf/2006.15704) [[GitHub]]()",
            [("pdf", "https://arxiv.org/pdf/2006.15704")],
        ),
        (
            "- Bpipe: Balanced parallelism [[](https://proceedings.mlr.press/v202/kim23l.pdf)]",
            [("pdf", "https://proceedings.mlr.press/v202/kim23l.pdf")],
        ),
        ("- [OneFlow: A Deep Learning Framework](www.oneflow.org)", [("paper", "https://www.oneflow.org")]),
        (
            "- Dsp: Dynamic parallelism [[https://arxiv.org/abs/2403.10266](https://arxiv.org/abs/2403.10266)]",
            [("paper", "https://arxiv.org/abs/2403.10266")],
        ),
        (
            "- Punica: Serving (2023)\n  - Built on [LightLLM](https://github.com/ModelTC/lightllm)",
            [("other", "https://github.com/ModelTC/lightllm")],
        ),
    ],
)
def test_links_are_kept_with_their_kinds(markdown: str, links: list[tuple[str, str]]) -> None:
    assert [(link.kind, link.url) for link in entry(markdown).reference.links] == links


def test_lines_below_an_entry_say_where_it_appeared_and_who_wrote_it() -> None:
    found = entry(
        "- Pytorch fsdp: Experiences on scaling [[pdf](https://arxiv.org/abs/2304.11277)]\n"
        "    - Proceedings of the VLDB Endowment, vol. 16, no. 12, pp. 3848–3860, 2023\n"
        "    - Yanli Zhao, Andrew Gu, Rohan Varma，Shen LiAuthors Info & Claims"
    )
    assert (found.reference.venue, found.reference.year) == ("VLDB", 2023)
    assert dict(found.reference.extra) == {"volume": "16", "issue": "12", "page": "3848–3860"}
    assert [creator.family for creator in found.reference.creators] == ["Zhao", "Gu", "Varma", "Li"]
    assert found.text.split("\n")[0] == "Pytorch fsdp: Experiences on scaling [pdf]"
    assert len(found.text.split("\n")) == 3


def test_the_text_beats_a_link_to_another_paper() -> None:
    found = entry(
        "- Automatic sharding of weight update [[pdf](https://arxiv.org/abs/1802.05799)]\n"
        "    - arXiv preprint arXiv:2004.13336, 2020."
    )
    assert found.reference.arxiv == "2004.13336"
    (link,) = found.reference.links
    assert (link.kind, link.url) == ("other", "https://arxiv.org/abs/1802.05799")


def test_a_mistyped_number_is_no_identifier() -> None:
    found = entry(
        "- Maximizing parallelism [[pdf](https://arxiv.org/abs/2105.144500)]\n    - arXiv:2105.14450, 2021"
    )
    assert found.reference.arxiv == "2105.14450"


@pytest.mark.parametrize(
    ("markdown", "title", "name", "own"),
    [
        (
            "- (Gavel) Heterogeneity-Aware Policies (OSDI20)",
            "Heterogeneity-Aware Policies",
            "Gavel",
            "(Gavel) Heterogeneity-Aware Policies",
        ),
        ("- (VTC) Fairness in Serving (arxiv23)", "Fairness in Serving", "VTC", "(VTC) Fairness in Serving"),
        (
            "- [FlexGen] High-Throughput Inference [[pdf](https://arxiv.org/abs/2303.06865)]",
            "High-Throughput Inference",
            "FlexGen",
            "High-Throughput Inference",
        ),
        (
            "- AntMan: Dynamic Scaling (OSDI20)",
            "AntMan: Dynamic Scaling",
            "AntMan",
            "AntMan: Dynamic Scaling",
        ),
        ("- Large Scale Deep Networks (x)", "Large Scale Deep Networks", "", "Large Scale Deep Networks"),
        (
            "- exo: Run your own cluster 📱💻 (2024)",
            "exo: Run your own cluster",
            "exo",
            "exo: Run your own cluster 📱💻",
        ),
    ],
)
def test_short_names_and_the_lists_own_words(markdown: str, title: str, name: str, own: str) -> None:
    found = entry(markdown)
    assert (found.reference.title, found.reference.title_short, found.title) == (title, name, own)


@pytest.mark.parametrize(
    ("markdown", "kind"),
    [
        ("- [ripgrep](https://github.com/BurntSushi/ripgrep) - Searches directories.", "software"),
        ("- [A Post](https://medium.com/@someone/a-post)", "post-weblog"),
        ("- [A Talk](https://www.youtube.com/watch?v=1)", "motion_picture"),
        ("- [Switch Transformers](https://arxiv.org/abs/2101.03961) (JMLR 2022)", "article-journal"),
        ("- [Gandiva](https://www.usenix.org/x), OSDI 2018", "paper-conference"),
        ("- [Mistral](https://arxiv.org/abs/2310.06825)", "article"),
    ],
)
def test_the_kind_of_work_is_told(markdown: str, kind: str) -> None:
    assert entry(markdown).reference.type == kind
